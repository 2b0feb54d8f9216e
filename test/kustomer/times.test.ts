import { expect, test } from 'vitest'
import { createKustomerClient } from '../../lib/kustomer/client.ts'
import { type CallKind, endpoints } from '../../lib/kustomer/endpoints.ts'
import type { Permit } from '../../lib/kustomer/rate-limiter.ts'
import type { Transport } from '../../lib/kustomer/transport.ts'
import { jumpingClock } from '../runtime/jumping-clock.ts'

const at = endpoints('https://kustomer.test')
const endpointOf = {
  find: at.findCustomer({ role: 'user', value: 'u1' }),
  read: at.readCustomer('581'),
  create: at.createCustomer(),
  update: at.updateCustomer('581'),
  record: at.recordEvent(),
}

/** One request of an invocation with `leftMs` until its deadline; the rate limiter lets it wait for `waitMs`. */
async function timesOf(kind: CallKind, leftMs: number, waitMs = 0) {
  const clock = jumpingClock()
  const timeoutsMs: number[] = []
  const transport: Transport = {
    async send(_endpoint, _key, _body, timeoutMs) {
      timeoutsMs.push(timeoutMs)
      return { kind: 'none', why: 'time-out', mayBeStored: false }
    },
    close: () => undefined,
  }
  const acquire = async (): Promise<Permit> => {
    await clock.sleep(waitMs)
    return { isGranted: true }
  }
  const rateLimiter = { acquire, close: () => undefined }
  const key = { get: async () => 'k', renew: async () => 'k', isStale: () => false }
  const deadlineMs = clock.now() + leftMs
  const client = createKustomerClient({ rateLimiter, transport, key, clock, deadlineMs })
  const response = await client(() => undefined)(endpointOf[kind])
  return { timeoutsMs, response }
}

test.each<[CallKind, number]>([
  ['find', 5_000],
  ['read', 5_000],
  ['create', 8_000],
  ['update', 8_000],
  ['record', 15_000],
])('a %s may take %i ms', async (kind, timeoutMs) => {
  expect((await timesOf(kind, 60_000)).timeoutsMs).toEqual([timeoutMs])
})

test.each<[number, number, number]>([
  [20_000, 0, 1],
  [30_000, 10_000, 1],
  [30_000, 10_001, 0],
  [60_000, 300_000, 0],
])('with %i ms left, after a wait of %i ms, %i requests start', async (leftMs, waitMs, requests) => {
  const { timeoutsMs, response } = await timesOf('record', leftMs, waitMs)
  expect(timeoutsMs).toHaveLength(requests)
  if (requests === 0) expect(response).toMatchObject({ kind: 'unattempted', inSeconds: 0 })
})
