import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Milliseconds of one run of tests: a mutant may loop for ever. */
const timeoutMs = 180_000

/** A copy of the project in which files may be broken. */
export interface Worktree {
  write(file: string, source: string): void
  /** Runs Vitest with these arguments; whether every test passed. A run that takes too long has not. */
  passes(args: string[]): Promise<boolean>
  /** Removes the copy. */
  remove(): void
}

/**
 * Makes a git worktree in the system's folder for temporary files, as the project is now: changes of tracked files
 * included, new files not. It shares the `node_modules` of `root`. Throws where `root` is no git repository.
 */
export function addWorktree(root: string): Worktree {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  const folder = join(mkdtempSync(join(tmpdir(), 'relay-mutation-')), 'relay')
  git('worktree', 'add', '--quiet', '--detach', folder, git('stash', 'create') || 'HEAD')
  const modules = join(root, 'node_modules')
  symlinkSync(modules, join(folder, 'node_modules'), 'junction')
  return {
    write: (file, source) => writeFileSync(join(folder, file), source),
    passes: args => passes(join(modules, 'vitest', 'vitest.mjs'), args, folder),
    remove() {
      git('worktree', 'remove', '--force', folder)
      rmSync(join(folder, '..'), { recursive: true, force: true })
    },
  }
}

function passes(vitest: string, args: string[], cwd: string): Promise<boolean> {
  const child = spawn(process.execPath, [vitest, ...args], { cwd, stdio: 'ignore', detached: true })
  return new Promise(resolve => {
    // The whole group: a worker that loops does not hear that its parent has gone.
    const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), timeoutMs)
    child.once('close', code => {
      clearTimeout(timer)
      resolve(code === 0)
    })
  })
}
