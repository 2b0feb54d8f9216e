import { expect, test } from 'vitest'
import { createRandom } from '../../tools/soak/random.ts'
import { createHostileRequests } from '../../tools/soak-load/hostile-requests.ts'
import { main } from '../../tools/soak-load/main.ts'
import { holds, type LoadResult } from '../../tools/soak-load/soak-load.ts'
import { runInProcess } from '../terminal/in-process.ts'

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

test('the command explains itself, and refuses what is no number', async () => {
  const help = await runInProcess(main, ['--help'])
  expect([help.code, help.out]).toEqual([0, expect.stringContaining('200 connections for 30 s')])
  const wrong = await runInProcess(main, ['--seconds', '0'])
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('A whole number from 1')])
})
