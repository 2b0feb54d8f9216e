import type { CustomerChange } from '../kustomer-log.ts'
import type { LedgerEntry } from '../ledger.ts'
import type { Mark } from '../marks.ts'
import type { IdentifyContent, PlannedEvent } from '../planned-event.ts'
import { type Delivery, deliveriesOf, hadNoTable, sharedMarks } from './deliveries.ts'
import type { Evidence } from './evidence.ts'

/** Whether an identify may overwrite: `full`; must only fill what is empty: `fill`; or both are right: `either`. */
export type Mode = 'full' | 'fill' | 'either'

/** An identify that a write of the relay carries. */
export interface WrittenIdentify {
  planned: PlannedEvent
  content: IdentifyContent
  /** By age alone: an identify older than the newest delivered one of the same external id only fills. */
  mode: Mode
}

/** Tells which identifies a write carries, in the order in which they were taken, and how old they are. */
export interface IdentifyReader {
  read(change: CustomerChange): WrittenIdentify[]
}

/** Reads the writes of one run; changes must be given in order. */
export function createIdentifyReader(evidence: Evidence): IdentifyReader {
  const { ledger } = evidence
  const shared = sharedMarks(evidence)
  const deliveries = deliveriesOf(evidence)
  const byContent = Map.groupBy(ledger.entries(), ({ planned }) => planned.contentMark)
  const byPerson = Map.groupBy(
    ledger.entries().filter(({ planned }) => planned.identify),
    ({ planned }) => planned.externalId,
  )
  const isTold = (mark: Mark, before: number) =>
    (deliveries.get(mark) ?? []).some(delivery => toldAt(delivery) <= before)
  const modeOf = (
    occurredAt: number,
    others: LedgerEntry[],
    earlier: PlannedEvent[],
    sentAt: number,
  ): Mode => {
    const newer = others.filter(
      ({ planned, postedAt }) => planned.occurredAt > occurredAt && (postedAt[0] ?? Infinity) < sentAt,
    )
    if (newer.length === 0) return 'full'
    const isCertain = ({ planned }: LedgerEntry) =>
      !shared.has(planned.contentMark) && (isTold(planned.mark, sentAt) || earlier.includes(planned))
    return newer.some(isCertain) ? 'fill' : 'either'
  }

  return {
    read({ call }) {
      const sentAt = call?.sentAt ?? 0
      const repeated = new Set<Mark>()
      const carried = (call?.marks ?? []).flatMap(mark => {
        const posted = (byContent.get(mark) ?? []).filter(
          ({ postedAt }) => (postedAt[0] ?? Infinity) < sentAt,
        )
        if (posted.length > 1) repeated.add(mark)
        const newest = posted.toSorted((a, b) => a.planned.occurredAt - b.planned.occurredAt).at(-1)
        return newest ? [newest] : []
      })
      const ordered = carried.toSorted((a, b) => takenAt(a) - takenAt(b))
      const earlier: PlannedEvent[] = []
      return ordered.flatMap(({ planned }) => {
        if (!planned.identify) return []
        const mode = modeOf(planned.occurredAt, byPerson.get(planned.externalId) ?? [], earlier, sentAt)
        earlier.push(planned)
        const isAlone = call !== undefined && mode === 'fill' && hadNoTable(evidence, call)
        const isUnsure = repeated.has(planned.contentMark) || !isSequence(ordered) || isAlone
        return [{ planned, content: planned.identify, mode: isUnsure ? ('either' as const) : mode }]
      })
    },
  }
}

function toldAt({ call, knowledge }: Delivery): number {
  return knowledge === 'told' ? (call.repliedAt ?? Infinity) : Infinity
}

/** Whether each was taken before the next one was posted: else only the queue knows their order. */
function isSequence(ordered: LedgerEntry[]): boolean {
  return ordered.every(
    (entry, index) => index === 0 || (entry.postedAt[0] ?? 0) > takenAt(ordered[index - 1] ?? entry),
  )
}

function takenAt({ acceptedAt, postedAt }: LedgerEntry): number {
  return acceptedAt[0] ?? postedAt[0] ?? 0
}
