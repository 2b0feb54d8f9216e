import { expect, test } from 'vitest'
import { lastMinutes } from '../../tools/console/web/flow/last-minutes.ts'

const points = [19, 0, 0, 5].map(received => ({ received, calls: 2 * received }))

test.each([
  ['a short burst is no larger in a minute than it is', 'received', 12, [19, 19, 19, 24]],
  ['what is older than a minute no longer counts', 'received', 3, [19, 19, 19, 5]],
  ['with a point a minute each point is its own', 'calls', 1, [38, 0, 0, 10]],
] as const)('%s', (_, key, pointsPerMinute, sums) => {
  expect(lastMinutes(points, key, pointsPerMinute)).toEqual(sums)
})
