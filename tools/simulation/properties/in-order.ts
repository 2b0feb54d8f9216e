import type { LedgerEntry } from '../ledger.ts'
import { acceptedEvents, deliveriesOf, sharedMarks } from './deliveries.ts'
import type { Property } from './evidence.ts'

/** An event with the time of its first delivery. */
interface Delivered {
  entry: LedgerEntry
  firstAt: number
}

/** Property 3, first half. Two events are in order only where one was taken before the other was posted at all. */
export const inOrder: Property = {
  name: 'in order',
  sentence: 'Of one external id, an event that was taken before another was posted is delivered before it.',
  find(evidence) {
    const deliveries = deliveriesOf(evidence)
    const shared = sharedMarks(evidence)
    const delivered = acceptedEvents(evidence).flatMap(entry => {
      const { planned, deadLetters, postedAt } = entry
      const first = deliveries.get(planned.contentMark)?.[0]
      const isOfResend = first && first.at >= (postedAt[1] ?? Infinity)
      const isJudged = deadLetters.length === 0 && !shared.has(planned.contentMark) && !isOfResend
      return first && isJudged ? [{ entry, firstAt: first.at }] : []
    })
    const people = Map.groupBy(delivered, ({ entry }) => entry.planned.externalId)
    return [...people.values()].flatMap(disordered)
  },
}

/** Sweeps over one person's events: each must not come before the latest of those that were taken before it. */
function disordered(events: Delivered[]): string[] {
  const taken = events.toSorted((a, b) => takenAt(a) - takenAt(b))
  const posted = events.toSorted((a, b) => postedAt(a) - postedAt(b))
  const wrong: string[] = []
  let [next, latest] = [0, undefined as Delivered | undefined]
  for (const one of posted) {
    for (let other = taken[next]; other && takenAt(other) < postedAt(one); other = taken[++next])
      if (!latest || other.firstAt > latest.firstAt) latest = other
    if (latest && latest !== one && one.firstAt < latest.firstAt)
      wrong.push(`${one.entry.planned.mark} was delivered before ${latest.entry.planned.mark}`)
  }
  return wrong
}

function takenAt({ entry }: Delivered): number {
  return entry.acceptedAt[0] ?? Number.POSITIVE_INFINITY
}

function postedAt({ entry }: Delivered): number {
  return entry.postedAt[0] ?? 0
}
