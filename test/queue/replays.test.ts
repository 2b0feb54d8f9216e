import { expect, test } from 'vitest'
import { replayAttributes, replaysIn } from '../../lib/queue/replays.ts'

/** The sent attributes, in the shape of Lambda. */
const handedOn = (count: number) =>
  Object.fromEntries(
    Object.entries(replayAttributes(count)).map(([name, { StringValue }]) => [
      name,
      { ...(StringValue !== undefined && { stringValue: StringValue }) },
    ]),
  )

test('the number of replays is read from the message', () => {
  expect([1, 2, 30].map(count => replaysIn(handedOn(count)))).toEqual([1, 2, 30])
})

test.each([
  ['no attribute', {}],
  ['no text', { REPLAYS: {} }],
  ['no number', { REPLAYS: { stringValue: 'many' } }],
  ['a negative number', { REPLAYS: { stringValue: '-1' } }],
  ['more than digits', { REPLAYS: { stringValue: '1.5' } }],
])('%s is not a replay', (_, attributes) => {
  expect(replaysIn(attributes)).toBe(0)
})
