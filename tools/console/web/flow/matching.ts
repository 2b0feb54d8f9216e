import type { EventRow, Found } from '../../server/shapes.ts'

/**
 * Returns the rows that a filter and a search text choose, newest first. The text is the beginning of a `messageId` or
 * of a message group, a part of the event's name, or what the server found by it.
 */
export function matchingRows(
  rows: Iterable<EventRow>,
  filter: Record<string, string>,
  found: Pick<Found, 'people' | 'keys'>,
): EventRow[] {
  const { q = '', type = '', state = '' } = filter
  const text = q.trim().toLowerCase()
  const [groups, keys] = [new Set(found.people), new Set(found.keys)]
  const isFound = ({ key, eventId, event, person = '' }: EventRow) =>
    text === '' ||
    groups.has(person) ||
    keys.has(key) ||
    event.toLowerCase().includes(text) ||
    eventId.toLowerCase().startsWith(text) ||
    person.startsWith(text)
  return [...rows]
    .filter(
      row =>
        (type === '' || row.event === type || row.event.startsWith(`${type} `)) &&
        (state === '' || row.state === state) &&
        isFound(row),
    )
    .sort((a, b) => b.at - a.at)
}
