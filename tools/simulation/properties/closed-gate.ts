import type { KustomerCall } from '../kustomer-log.ts'
import type { Evidence, Property } from './evidence.ts'

/** A reset that is further away is not believed: two windows. */
const mostMs = 120_000
/** The header has whole seconds. */
const roundingMs = 1_000

/** Milliseconds after which the others know: they look at the shared item once a second, and that takes up to one. */
const othersKnowAfterMs = 2_000

/** Property 5, second half: for all containers where they share a limiter, else for the one that was told. */
export const closedGate: Property = {
  name: 'closed gate',
  sentence:
    'After a 429 of the organisation no request is made before the reset that it names, if that is near: by the ' +
    'container that was told at once, by the others 2 s later, unless it died before or the table had failed.',
  find(evidence) {
    const { calls, scenario } = evidence
    const toleranceMs = roundingMs + 2 * scenario.crashes.clockSkewMs
    return calls.filter(isClosing).flatMap(told => {
      const [from, until] = [told.repliedAt ?? 0, (told.closedUntil ?? 0) - toleranceMs]
      const asked = calls.filter(
        call => call.sentAt > from && call.sentAt < until && couldKnow(call, told, evidence),
      )
      const isHeld = wasFrozen(told.container, from, until, evidence)
      return asked.length > 0 && !isHeld ? [`${asked.length} requests by ${told.container} while closed`] : []
    })
  },
}

/** Whether the container of a request knew, or had to know, what another had been told. */
function couldKnow(call: KustomerCall, told: KustomerCall, evidence: Evidence): boolean {
  if (call.container === told.container) return true
  const from = told.repliedAt ?? 0
  if (!evidence.design.isLimiterShared || call.sentAt < from + othersKnowAfterMs) return false
  const wasAway = (container: string, since: number, until: number) =>
    evidence.tableFailures.some(
      ({ of, at, ...failed }) =>
        of === 'rate' && failed.container === container && at >= since && at <= until,
    )
  const hasDied = evidence.deaths.some(
    ({ container, at }) => container === told.container && at >= from && at <= from + othersKnowAfterMs,
  )
  const isTold = !hasDied && !wasAway(told.container, from - othersKnowAfterMs, from + othersKnowAfterMs)
  return isTold && !wasAway(call.container, from - othersKnowAfterMs, call.sentAt)
}

function isClosing({ closedUntil = 0, repliedAt = 0 }: KustomerCall): boolean {
  return closedUntil > repliedAt && closedUntil - repliedAt <= mostMs
}

function wasFrozen(name: string, from: number, until: number, { freezes }: Evidence): boolean {
  return freezes.some(({ container, at, ms }) => container === name && at < until && at + ms > from)
}
