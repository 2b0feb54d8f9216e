import type { Output } from '../terminal/command-io.ts'
import { paint, safe } from '../terminal/terminal.ts'
import { brokenKind } from './broken-kind.ts'
import { check } from './check.ts'
import { relatedEvents } from './related-events.ts'
import { type RunOptions, type SimulationRun, simulate } from './run.ts'
import { type Shrunk, shrink } from './shrink.ts'
import { formatTraceLine } from './trace.ts'

/** Lines of a trace that are shown at most: a longer one is cut in its middle. */
const maxLines = 80
/** Runs that one broken property may cost, whatever time is left. */
const maxTries = 400

/**
 * Text about one kind of broken property of one seed: the property, what was found, the shortest trace to which
 * `seconds` of shrinking led, and the command that repeats the whole run.
 */
export async function describeBroken(
  { scenario, seed }: RunOptions,
  kind: string,
  seconds: number,
  out: Output,
): Promise<string> {
  const whole = await simulate({ scenario, seed })
  const find = async (run: SimulationRun) => (await check(run)).find(one => brokenKind(one) === kind)
  const limits = { tries: maxTries, ms: seconds * 1_000 }
  const fails = async (run: SimulationRun) => (await find(run)) !== undefined
  const guesses = relatedEvents((await find(whole))?.detail ?? '', whole.workload.events)
  const shrunk = seconds > 0 ? await shrink(whole, fails, limits, guesses) : undefined
  const found = await find(shrunk?.run ?? whole)
  return [
    paint('bold', `${scenario.name}, seed ${seed}: ${found?.property}`, out),
    `  ${found?.sentence}`,
    paint('red', `  ${safe(found?.detail ?? '')}`, out),
    ...(shrunk ? shortTrace(shrunk, whole, out) : []),
    `  repeat: npm run simulate -- --scenario ${scenario.name} --minutes ${scenario.minutes} --seed ${seed}`,
  ].join('\n')
}

/** The trace of a run, a line each. */
export function traceText({ trace, startMs }: SimulationRun): string[] {
  return trace.lines().map(line => `  ${safe(formatTraceLine(line, startMs))}`)
}

function shortTrace({ run, tries }: Shrunk, whole: SimulationRun, out: Output): string[] {
  const lines = traceText(run)
  const half = maxLines / 2
  const kept = lines.length > maxLines ? [...lines.slice(0, half), '  …', ...lines.slice(-half)] : lines
  const size = (one: SimulationRun) =>
    `${one.workload.events.length} events, ${one.faults.length} faults, ${one.trace.lines().length} lines`
  return [...kept, paint('dim', `  ${size(run)}; before ${tries} tries: ${size(whole)}`, out)]
}
