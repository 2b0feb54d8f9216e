import type { LedgerEntry } from '../ledger.ts'
import type { Mark } from '../marks.ts'
import type { PlannedEvent } from '../planned-event.ts'
import { type Delivery, deliveriesOf, sharedMarks } from './deliveries.ts'
import type { Evidence } from './evidence.ts'

/** Whether an identify may overwrite: `full`; must only fill what is empty: `fill`; or both are right: `either`. */
export type Mode = 'full' | 'fill' | 'either'

/**
 * Creates the function that gives the mode of an identify in a write that was sent at `sentAt` (ms), by age alone.
 * `earlier` are the events that the same write carries before it.
 */
export function createModeOf(evidence: Evidence) {
  const shared = sharedMarks(evidence)
  const deliveries = deliveriesOf(evidence)
  const byPerson = Map.groupBy(
    evidence.ledger.entries().filter(({ planned }) => planned.identify),
    ({ planned }) => planned.externalId,
  )
  const isTold = (mark: Mark, before: number) =>
    (deliveries.get(mark) ?? []).some(delivery => toldAt(delivery) <= before)

  return ({ occurredAt, externalId }: PlannedEvent, earlier: PlannedEvent[], sentAt: number): Mode => {
    const newer = (byPerson.get(externalId) ?? []).filter(
      ({ planned, postedAt }) => planned.occurredAt > occurredAt && (postedAt[0] ?? Infinity) < sentAt,
    )
    if (newer.length === 0) return 'full'
    const isCertain = ({ planned }: LedgerEntry) =>
      !shared.has(planned.contentMark) && (isTold(planned.mark, sentAt) || earlier.includes(planned))
    return newer.some(isCertain) ? 'fill' : 'either'
  }
}

function toldAt({ call, knowledge }: Delivery): number {
  return knowledge === 'told' ? (call.repliedAt ?? Infinity) : Infinity
}
