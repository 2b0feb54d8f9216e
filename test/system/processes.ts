import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A process of this machine. `args` is empty if it has ended, even if it still is a zombie. */
interface Process {
  pid: number
  parent: number
  args: string
}

/** The process ids of the running children of a process. */
export function childrenOf(pid: number | undefined): number[] {
  return processes()
    .filter(one => one.parent === pid && one.args !== '')
    .map(one => one.pid)
}

/** Process ids of a process's living children, theirs, and so on. */
export function descendantsOf(pid: number | undefined): number[] {
  const all = processes().filter(one => one.args !== '')
  const of = (parent: number | undefined): number[] =>
    all.filter(one => one.parent === parent).flatMap(one => [one.pid, ...of(one.pid)])
  return of(pid)
}

/** The processes that are still running. */
export function livingOf(pids: number[]): number[] {
  return processes()
    .filter(one => pids.includes(one.pid) && one.args !== '')
    .map(one => one.pid)
}

function processes(): Process[] {
  return existsSync('/proc/self/stat') ? fromProc() : fromPs()
}

function fromProc(): Process[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const parent = Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2])
        return [{ pid: Number(name), parent, args: readFileSync(`/proc/${name}/cmdline`, 'utf8') }]
      } catch {
        return [] // It ended during the read.
      }
    })
}

function fromPs(): Process[] {
  const { stdout } = spawnSync('ps', ['-axo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
  return stdout.split('\n').map(line => {
    const [pid, parent, state = '', ...args] = line.trim().split(/ +/)
    return { pid: Number(pid), parent: Number(parent), args: state.startsWith('Z') ? '' : args.join(' ') }
  })
}
