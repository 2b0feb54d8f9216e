import type { Mark } from './marks.ts'
import type { PlannedEvent } from './planned-event.ts'

/**
 * Guesses of which events a finding is about, from its text: the events that it names, then with all of the same
 * ids and addresses, then with all of the same as those. Each guess holds the one before.
 */
export function relatedEvents(detail: string, events: readonly PlannedEvent[]): ReadonlySet<Mark>[] {
  const named = new Set(detail.match(/\bm\d+\b/g) ?? [])
  if (named.size === 0) return []
  const near = withSameIds(named, events)
  return [named, near, withSameIds(near, events)]
}

function withSameIds(marks: ReadonlySet<Mark>, events: readonly PlannedEvent[]): ReadonlySet<Mark> {
  const idsOf = ({ externalId, anonymousId, identify }: PlannedEvent) =>
    [externalId, anonymousId, ...(identify?.emails ?? [])].filter(id => id !== undefined)
  const ids = new Set(events.filter(({ mark }) => marks.has(mark)).flatMap(idsOf))
  return new Set(events.filter(event => idsOf(event).some(id => ids.has(id))).map(({ mark }) => mark))
}
