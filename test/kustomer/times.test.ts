import { expect, test } from 'vitest'
import type { CallKind } from '../../lib/kustomer/endpoints.ts'
import { oneRequest } from './one-request.ts'

test.each<[CallKind, number]>([
  ['find', 5_000],
  ['read', 5_000],
  ['create', 8_000],
  ['update', 8_000],
  ['record', 15_000],
])('a %s may take %i ms', async (kind, timeoutMs) => {
  expect((await oneRequest(kind)).timeoutsMs).toEqual([timeoutMs])
})

test.each<[number, number, number]>([
  [20_000, 0, 1],
  [30_000, 10_000, 1],
  [30_000, 10_001, 0],
  [60_000, 300_000, 0],
])('with %i ms left, after a wait of %i ms, %i requests start', async (leftMs, waitMs, requests) => {
  const { timeoutsMs, response } = await oneRequest('record', { leftMs, waitMs })
  expect(timeoutsMs).toHaveLength(requests)
  if (requests === 0) expect(response).toMatchObject({ kind: 'unattempted', inSeconds: 0 })
})
