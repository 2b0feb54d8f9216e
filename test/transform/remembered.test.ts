import { expect, test } from 'vitest'
import { type Call, transform } from '../../lib/index.ts'

function eventOf(call: Call) {
  return call.kind === 'recordEvent' ? call.event : undefined
}

test('a name that is cached for one type is not used for another', () => {
  const page = { type: 'page', userId: 'u1', name: '注文' }
  const track = { type: 'track', userId: 'u1', event: 'Web-Page-Viewed-注文' }
  const screen = { type: 'screen', userId: 'u1', event: '注文' }
  const first = [page, track, screen].map(event => eventOf(transform(event)))
  expect(first).toEqual([
    { name: 'Web-Page-Viewed-596729ab', meta: { eventName: '注文' } },
    { name: 'Web-Page-Viewed-', meta: { eventName: 'Web-Page-Viewed-注文' } },
    { name: 'Screen-Viewed-596729ab', meta: { eventName: '注文' } },
  ])
  expect([screen, track, page].map(event => eventOf(transform(event)))).toEqual(first.toReversed())
})

test('more names and keys than the cache holds change nothing', () => {
  const events = Array.from({ length: 5_000 }, (_, i) => ({
    type: 'track',
    userId: 'u1',
    event: `Ordered: ${i} é`,
    properties: { [`total ${i}`]: i, [`is.new ${i}`]: true, [`seen ${i}`]: '2026-11-24' },
  }))
  const first = events.map(event => transform(event))
  expect(events.map(event => transform(event))).toEqual(first)
  expect(first[4_321]).toMatchObject({
    event: {
      name: 'Ordered-4321-e',
      meta: {
        'total-4321Num': 4_321,
        'is-new-4321': 'true',
        'seen-4321At': '2026-11-24T00:00:00.000Z',
      },
    },
  })
})

test('a caller that changes a call changes no later one', () => {
  const event = { type: 'track', userId: 'u1', event: 'Café → 注文', properties: { 'Cart Name': 'Main' } }
  const call = transform(event)
  const before = structuredClone(call)
  if (call.kind === 'recordEvent') Object.assign(call.event, { name: 'x', meta: {} })
  expect(transform(event)).toEqual(before)
})
