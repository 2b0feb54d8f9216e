import { createKustomerClient, type KustomerResponse } from '../../lib/kustomer/client.ts'
import { type CallKind, endpoints } from '../../lib/kustomer/endpoints.ts'
import type { Headers } from '../../lib/kustomer/rate-headers.ts'
import type { Permit } from '../../lib/kustomer/rate-limiter.ts'
import type { Reply, Transport } from '../../lib/kustomer/transport.ts'
import { jumpingClock } from '../runtime/jumping-clock.ts'

const at = endpoints('https://kustomer.test')
const endpointOf = {
  find: at.findCustomer({ role: 'user', value: 'u1' }),
  read: at.readCustomer('581'),
  create: at.createCustomer(),
  update: at.updateCustomer('581'),
  record: at.recordEvent(),
}

/** The result of one request, and its effects on transport and rate limiter. */
interface Made {
  response: KustomerResponse
  timeoutsMs: number[]
  observed: Headers[]
  /** Seconds for which the rate limiter was told to stop. */
  closedForSeconds: number[]
}

/**
 * Sends one request of an invocation with `leftMs` until its deadline. It is answered with `reply`; the permit takes
 * `waitMs`.
 */
export async function oneRequest(
  kind: CallKind,
  {
    leftMs = 60_000,
    waitMs = 0,
    reply = { kind: 'none', why: 'time-out', mayBeStored: false } as Reply,
  } = {},
): Promise<Made> {
  const clock = jumpingClock()
  const made: Omit<Made, 'response'> = { timeoutsMs: [], observed: [], closedForSeconds: [] }
  const transport: Transport = {
    async send(_endpoint, _key, _body, timeoutMs) {
      made.timeoutsMs.push(timeoutMs)
      return reply
    },
    close: () => undefined,
  }
  const rateLimiter = {
    async acquire(): Promise<Permit> {
      await clock.sleep(waitMs)
      return { isGranted: true }
    },
    close: (untilMs: number) => void made.closedForSeconds.push((untilMs - clock.now()) / 1_000),
    observe: (headers: Headers) => void made.observed.push(headers),
    settled: async () => undefined,
  }
  const key = { get: async () => 'k', renew: async () => 'k', isStale: () => false }
  const deadlineMs = clock.now() + leftMs
  const client = createKustomerClient({ rateLimiter, transport, key, clock, deadlineMs })
  return { response: await client(() => undefined)(endpointOf[kind]), ...made }
}
