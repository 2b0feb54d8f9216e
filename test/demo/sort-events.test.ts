import { expect, test } from 'vitest'
import { defaultSettings } from '../../lib/policy.ts'
import { sortEvents } from '../../tools/demo/sort-events.ts'

const order = { type: 'track', userId: 'u', event: 'Order Completed', properties: { total: 1 } }
const visit = { type: 'page', anonymousId: 'v', name: 'Home' }

test('visitors come first, and a call that Kustomer would refuse is left out with a sentence', () => {
  expect(sortEvents([order, visit], defaultSettings)).toEqual({ waves: [[visit], [order]], refused: [] })
  const { refused } = sortEvents([order], { ...defaultSettings, advancedTransform: false })
  expect(refused).toEqual([
    { event: order, why: expect.stringMatching(/^`name` .*switch `advancedTransform` on/) },
  ])
})
