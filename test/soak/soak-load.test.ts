import { expect, test } from 'vitest'
import { createRandom } from '../../tools/soak/random.ts'
import { createHostileRequests } from '../../tools/soak-load/hostile-requests.ts'
import { holds, type LoadResult } from '../../tools/soak-load/soak-load.ts'

const right = { requests: 3, events: 3, notAccepted: [], medianMs: 1, longestMs: 2 }
const fine: LoadResult = {
  wrong: { 400: 7 },
  right,
  undelivered: 0,
  died: [],
  memory: [{ pid: 1, before: 100, most: 900, after: 200 }],
}

test.each<[string, Partial<LoadResult>, boolean]>([
  ['memory that returned to twice its start', {}, true],
  ['memory that did not return', { memory: [{ pid: 1, before: 100, most: 900, after: 201 }] }, false],
  ['a right request that was not accepted', { right: { ...right, notAccepted: ['503'] } }, false],
  ['an event that was not delivered', { undelivered: 1 }, false],
  ['a process that ended', { died: [1] }, false],
])('%s', (_, change, isFine) => {
  expect(holds({ ...fine, ...change })).toBe(isFine)
})

test('hostile requests are of many kinds, and say the length of their whole body', () => {
  const attacked = { relay: 'http://127.0.0.1:1', services: ['http://127.0.0.1:2'], secret: 's' }
  const next = createHostileRequests(attacked, { large: 90_000, tooLarge: 120_000 })
  const random = createRandom(3)
  const made = Array.from({ length: 500 }, () => next(random))
  expect(new Set(made.map(({ name }) => name)).size).toBe(19)
  for (const { head, body, name } of made)
    if (name !== 'no HTTP') expect(head).toContain(`content-length: ${body.length}\r\n`)
})
