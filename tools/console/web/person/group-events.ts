import type { EventRow } from '../../server/shapes.ts'

/** Returns the events of a message group, newest first. */
export function groupEvents(rows: Iterable<EventRow>, group: string): EventRow[] {
  return group === '' ? [] : [...rows].filter(row => row.person === group).sort((a, b) => b.at - a.at)
}
