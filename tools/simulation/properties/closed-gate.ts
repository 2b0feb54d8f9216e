import type { KustomerCall } from '../kustomer-log.ts'
import type { Evidence, Property } from './evidence.ts'

/** A reset that is further away is not believed: two windows. */
const mostMs = 120_000
/** The header has whole seconds. */
const roundingMs = 1_000

/** Property 5, second half: for all containers where they share a limiter, else for the one that was told. */
export const closedGate: Property = {
  name: 'closed gate',
  sentence:
    'After a 429 of the organisation no request is made before the reset that it names, if that is near.',
  find(evidence) {
    const { calls, design, scenario } = evidence
    const toleranceMs = roundingMs + 2 * scenario.crashes.clockSkewMs
    return calls.filter(isClosing).flatMap(told => {
      const [from, until] = [told.repliedAt ?? 0, (told.closedUntil ?? 0) - toleranceMs]
      const asked = calls.filter(
        ({ sentAt, container }) =>
          sentAt > from && sentAt < until && (design.isLimiterShared || container === told.container),
      )
      const isHeld = wasFrozen(told.container, from, until, evidence)
      return asked.length > 0 && !isHeld ? [`${asked.length} requests by ${told.container} while closed`] : []
    })
  },
}

function isClosing({ closedUntil = 0, repliedAt = 0 }: KustomerCall): boolean {
  return closedUntil > repliedAt && closedUntil - repliedAt <= mostMs
}

function wasFrozen(name: string, from: number, until: number, { freezes }: Evidence): boolean {
  return freezes.some(({ container, at, ms }) => container === name && at < until && at + ms > from)
}
