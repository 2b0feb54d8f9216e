import { expect, test } from 'vitest'
import { matchingRows } from '../../tools/console/web/flow/matching.ts'

const row = (key: string, event: string, person: string, at: number, state = 'delivered' as const) => ({
  ...{ key, eventId: key, event, person, at, state },
  ...{ attempts: 1, calls: 1 },
})
const rows = [
  row('abc-1', 'track Order Completed', 'f00', 1),
  row('abd-2', 'identify', 'baa', 3),
  row('xyz-3', 'track Cart Viewed', 'baa', 2),
]

test.each([
  ['nothing', {}, [], ['abd-2', 'xyz-3', 'abc-1']],
  ['the beginning of a messageId', { q: 'AB' }, [], ['abd-2', 'abc-1']],
  ['a whole messageId', { q: 'xyz-3 ' }, [], ['xyz-3']],
  ['a part of an event name', { q: 'order' }, [], ['abc-1']],
  ['the beginning of a message group', { q: 'ba' }, [], ['abd-2', 'xyz-3']],
  ['a person whom the server found', { q: 'ada@example.com' }, ['f00'], ['abc-1']],
  ['an event that the server found', { q: 'A-1002' }, [], ['xyz-3'], ['xyz-3']],
  ['a text that nothing has', { q: 'nobody' }, [], []],
  ['a type', { type: 'track' }, [], ['xyz-3', 'abc-1']],
  ['a state', { state: 'dead' }, [], []],
  ['a type and a text', { type: 'track', q: 'b' }, ['baa'], ['xyz-3']],
])('%s chooses the right rows, newest first', (_, filter, people, keys, found: string[] = []) => {
  expect(matchingRows(rows, filter, { people, keys: found }).map(({ key }) => key)).toEqual(keys)
})
