import type { CustomerChange } from '../kustomer-log.ts'
import type { LedgerEntry } from '../ledger.ts'
import type { Mark } from '../marks.ts'
import type { IdentifyContent, PlannedEvent } from '../planned-event.ts'
import { hadNoTable } from './deliveries.ts'
import type { Evidence } from './evidence.ts'
import { createModeOf, type Mode } from './identify-mode.ts'

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
  const byContent = Map.groupBy(evidence.ledger.entries(), ({ planned }) => planned.contentMark)
  const modeOf = createModeOf(evidence)

  return {
    read({ call }) {
      const sentAt = call?.sentAt ?? 0
      const { carried, repeated } = carriedBy(call?.marks ?? [], byContent, sentAt)
      const ordered = carried.toSorted((a, b) => takenAt(a) - takenAt(b))
      const earlier: PlannedEvent[] = []
      return ordered.flatMap(({ planned }) => {
        if (!planned.identify) return []
        const mode = modeOf(planned, earlier, sentAt)
        earlier.push(planned)
        const isAlone = call !== undefined && mode === 'fill' && hadNoTable(evidence, call)
        const isUnsure = repeated.has(planned.contentMark) || !isSequence(ordered) || isAlone
        return [{ planned, content: planned.identify, mode: isUnsure ? ('either' as const) : mode }]
      })
    },
  }
}

/** For each mark the newest event that was posted before `sentAt`, and the marks of which there are several. */
function carriedBy(marks: readonly Mark[], byContent: Map<Mark, LedgerEntry[]>, sentAt: number) {
  const repeated = new Set<Mark>()
  const carried = marks.flatMap(mark => {
    const posted = (byContent.get(mark) ?? []).filter(({ postedAt }) => (postedAt[0] ?? Infinity) < sentAt)
    if (posted.length > 1) repeated.add(mark)
    const newest = posted.toSorted((a, b) => a.planned.occurredAt - b.planned.occurredAt).at(-1)
    return newest ? [newest] : []
  })
  return { carried, repeated }
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
