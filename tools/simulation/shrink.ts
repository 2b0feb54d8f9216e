import { calmer } from './calmer.ts'
import type { Mark } from './marks.ts'
import { minimize } from './minimize.ts'
import { type RunOptions, type SimulationRun, simulate } from './run.ts'

/** A run that was made shorter, and how many runs that took. */
export interface Shrunk {
  run: SimulationRun
  tries: number
}

/** What shrinking may cost: runs, and milliseconds of the machine's own time. */
export interface ShrinkLimits {
  tries: number
  ms: number
}

/**
 * Makes a failing run shorter while it still fails: with one of the `guesses` of its events, without whole kinds of
 * trouble, with fewer containers, then with fewer events and fewer single faults. `fails` says whether a run still shows
 * what is looked for.
 */
export async function shrink(
  first: SimulationRun,
  fails: (run: SimulationRun) => boolean | Promise<boolean>,
  limits: ShrinkLimits,
  guesses: readonly ReadonlySet<Mark>[] = [],
): Promise<Shrunk> {
  const endMs = performance.now() + limits.ms
  let best = first
  let tries = 0
  const mayTry = () => tries < limits.tries && performance.now() < endMs
  const attempt = async (changes: Partial<RunOptions>): Promise<boolean> => {
    tries++
    const { scenario, seed, marks, suppressed } = best
    const run = await simulate({
      scenario,
      seed,
      ...(marks && { marks }),
      ...(suppressed && { suppressed }),
      ...changes,
    })
    if (!(await fails(run))) return false
    best = run
    return true
  }
  for (const guess of guesses) if (mayTry() && (await attempt({ marks: guess }))) break
  for (const scenario of calmer(first.scenario))
    if (mayTry()) await attempt({ scenario: scenario(best.scenario) })
  const marks = () => best.workload.events.map(({ mark }) => mark)
  await minimize(marks(), part => attempt({ marks: new Set(part) }), mayTry)
  const all = best.faults
  await minimize(all, kept => attempt({ suppressed: without(all, kept, first.suppressed) }), mayTry)
  await minimize(marks(), part => attempt({ marks: new Set(part) }), mayTry)
  return { run: best, tries }
}

/** What is suppressed so that of `all` faults only the kept ones happen. */
function without(all: readonly string[], kept: readonly string[], before: ReadonlySet<string> = new Set()) {
  const keep = new Set(kept)
  return new Set([...before, ...all.filter(fault => !keep.has(fault))])
}
