import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Mutant, mutantsOf } from './mutants.ts'
import { addWorktree, type Worktree } from './worktree.ts'

/** What became of a mutant: a test failed, or none did. */
export interface Result extends Pick<Mutant, 'line' | 'from' | 'to'> {
  file: string
  isKilled: boolean
}

/** Worktrees that are worked in at once: each runs tests on more than one core already. */
const worktrees = 2
/** Simulated runs and deliberate faults are slow, and find in minutes what a unit test has to find at once. */
const slow = ['test/simulation/**', 'test/deliberate-faults/**']

/**
 * Puts every mutant of a file of `lib` into a copy of the project and runs the unit tests: first those of its folder,
 * then all that import it. `file` is relative to `root`. Throws where the tests fail without any mutant.
 */
export async function testMutants(
  root: string,
  file: string,
  onResult: (result: Result) => void,
): Promise<Result[]> {
  const source = readFileSync(join(root, file), 'utf8')
  const waiting = mutantsOf(source)
  const results: Result[] = []
  const work = async () => {
    const worktree = addWorktree(root)
    try {
      worktree.write(file, source)
      if (await isKilled(worktree, file)) throw new Error(`the tests of ${file} fail without any mutant`)
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        worktree.write(file, mutant.source)
        const { line, from, to } = mutant
        const result = { file, line, from, to, isKilled: await isKilled(worktree, file) }
        results.push(result)
        onResult(result)
      }
    } finally {
      worktree.remove()
    }
  }
  await Promise.all(Array.from({ length: worktrees }, work))
  return results.toSorted((a, b) => a.line - b.line)
}

async function isKilled(worktree: Worktree, file: string): Promise<boolean> {
  const shared = ['--run', '--project', 'unit', '--bail', '1', '--passWithNoTests', '--reporter', 'dot']
  const excluded = slow.flatMap(pattern => ['--exclude', pattern])
  const folder = dirname(file).replace(/^lib/, 'test')
  if (!(await worktree.passes([...shared, `${folder}/`]))) return true
  return !(await worktree.passes(['related', file, ...shared, ...excluded]))
}
