import { spawnSync } from 'node:child_process'

/** A process: its id and its resident memory in MB. */
export interface ProcessMemory {
  pid: number
  mb: number
}

/**
 * Returns a process and all below it, by `ps` (Linux and macOS).
 * @throws Error if there is no `ps`.
 */
export function processTree(root: number): ProcessMemory[] {
  const { stdout, error } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
  if (error) throw new Error(`ps cannot be run: ${error.message}`)
  const all = stdout
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, kb = 0]) => ({ pid, parent, mb: kb / 1024 }))
  const found = new Set([root])
  // Children have no order: repeated until no more are found.
  for (let before = 0; before < found.size; ) {
    before = found.size
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid)
  }
  return all.filter(({ pid }) => found.has(pid)).map(({ pid, mb }) => ({ pid, mb }))
}
