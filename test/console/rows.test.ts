import { beforeEach, expect, test } from 'vitest'
import type { EventRow } from '../../tools/console/server/shapes.ts'
import { addRows, rows } from '../../tools/console/web/state/rows.ts'

const row = (n: number, state: EventRow['state'] = 'queued'): EventRow => ({
  ...{ key: `event-${n}`, eventId: `event-${n}`, event: 'track A', state },
  ...{ at: n, attempts: 0, calls: 0 },
})
const rowsOf = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => row(from + i))

beforeEach(() => rows.clear())

test('the page keeps the last 5,000 events', () => {
  addRows(rowsOf(0, 4_999))
  addRows(rowsOf(4_999, 5_100))
  expect(rows.size).toBe(5_000)
  expect([rows.has('event-99'), rows.has('event-100'), rows.has('event-5099')]).toEqual([false, true, true])
})

test('a changed event takes the place of its row', () => {
  addRows([row(1), row(2)])
  addRows([row(1, 'delivered')])
  expect([...rows.values()].map(({ state }) => state)).toEqual(['delivered', 'queued'])
})
