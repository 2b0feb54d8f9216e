import type { KustomerCall } from '../kustomer-log.ts'
import { acceptedEvents, deliveriesOf } from './deliveries.ts'
import type { Evidence, Property } from './evidence.ts'

/** Requests that one invocation may make for one thing: a write again after a race, a look-up for each of ten events. */
const most = { writesOfAnEvent: 12, sameLookUp: 30 }
/** Milliseconds before its end within which a freeze excuses an invocation that was stopped at its deadline. */
const invocationMs = 60_000

/** Property 7, as far as calls and time show it; work on the processor is measured by the bench. */
export const boundedWork: Property = {
  name: 'bounded work',
  sentence: 'Every invocation ends by itself before its deadline, and makes few requests for any one event.',
  find: evidence => [...outlived(evidence), ...repeated(evidence), ...lateEnds(evidence)],
}

function outlived({ deaths, freezes }: Evidence): string[] {
  return deaths
    .filter(({ why }) => why === 'deadline')
    .filter(
      ({ container, at }) =>
        !freezes.some(freeze => freeze.container === container && freeze.at >= at - invocationMs),
    )
    .map(({ container }) => `${container} was stopped at its deadline`)
}

function repeated({ calls }: Evidence): string[] {
  const counts = new Map<string, number>()
  const add = (what: string, { container, invocation }: KustomerCall) => {
    const key = `${what} by ${container} in invocation ${invocation}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  for (const call of calls) {
    for (const mark of call.marks) add(mark, call)
    if (call.marks.length === 0) add(call.path, call)
  }
  return [...counts]
    .filter(([key, count]) => count > (key.startsWith('m') ? most.writesOfAnEvent : most.sameLookUp))
    .map(([key, count]) => `${count} requests: ${key}`)
}

/** Where a scenario says within how long every event ends. */
function lateEnds(evidence: Evidence): string[] {
  const { endsWithinSeconds } = evidence.scenario
  if (endsWithinSeconds === undefined) return []
  const deliveries = deliveriesOf(evidence)
  return acceptedEvents(evidence).flatMap(({ planned, acceptedAt: [takenAt = 0], deadLetters }) => {
    const endedAt = deliveries.get(planned.contentMark)?.[0]?.at ?? deadLetters[0]?.at ?? evidence.endMs
    const seconds = Math.round((endedAt - takenAt) / 1_000)
    return seconds > endsWithinSeconds ? [`${planned.mark} ended after ${seconds} s`] : []
  })
}
