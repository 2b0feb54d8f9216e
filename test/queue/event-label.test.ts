import { describe, expect, test } from 'vitest'
import { labelOf, labelText } from '../../lib/queue/event-label.ts'

describe('labelOf', () => {
  test.each<[string, unknown, object]>([
    ['a track by its name', { type: 'track', event: 'Order Completed' }, { name: 'Order Completed' }],
    ['a track in other letter case', { type: 'Track', event: ' Seen ' }, { name: 'Seen' }],
    ['a track with a number as name', { type: 'track', event: 404 }, { name: '404' }],
    ['a track without a name', { type: 'track', event: ' ', name: 'Ada' }, {}],
    ['an identify, never by a name', { type: 'identify', name: 'Ada', event: 'identify' }, {}],
    ['a page, whose title may hold a name', { type: 'page', name: 'Ada Lovelace' }, {}],
    ['a screen', { type: 'screen', event: 'Ada Lovelace', name: 'Ada' }, {}],
    ['a group', { type: 'group', name: 'Ada & Sons' }, {}],
  ])('labels %s', (_, event, name) => {
    const type = String(Object(event).type).toLowerCase()
    expect(labelOf(event)).toEqual({ type, ...name })
  })

  test.each([
    ['no object', 7],
    ['null', null],
    ['a list', ['track']],
    ['no type', { event: 'Ada' }],
    ['a type that RudderStack does not have', { type: 'ada@example.com', event: 'Ada' }],
    ['a type that is no text', { type: { a: 1 }, event: 'Ada' }],
  ])('has no label for %s', (_, event) => {
    expect(labelOf(event)).toEqual({})
  })

  test('cuts a long name', () => {
    expect(labelOf({ type: 'track', event: 'x'.repeat(500) }).name).toHaveLength(128)
  })
})

test.each([
  [{ type: 'track', name: 'Order Completed' }, 'track Order Completed'],
  [{ type: 'identify' }, 'identify'],
  [{}, 'event'],
] as const)('%j is written as %s', (label, text) => {
  expect(labelText(label)).toBe(text)
})
