import { http } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Secret } from '../runtime/secrets.ts'
import type { Endpoint } from './endpoints.ts'
import { isOneCustomersLimit, secondsToReset } from './rate-headers.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { Reply, Transport } from './transport.ts'

/** What a request came to: a reply, or no request at all because there was no token or no time. */
export type KustomerResponse = Reply | { kind: 'unattempted'; inSeconds: number }

/** One request that was made, for the logs. `template` is the path without ids; `url` is for a local terminal only. */
export interface CallReport extends Endpoint {
  status: number | undefined
  ms: number
  error?: string
}

/** Makes requests of Kustomer on behalf of one event. Never throws but for a key store that fails. */
export type Request = (endpoint: Endpoint, body?: object) => Promise<KustomerResponse>

/** What the client needs. `deadlineMs` (epoch) is the moment at which the container is stopped. */
export interface ClientPorts {
  rateLimiter: RateLimiter
  transport: Transport
  key: Secret
  clock: Clock
  deadlineMs: number
}

/**
 * The client of one invocation: paced, each request within what is left of the invocation, Kustomer's key fetched anew
 * at most once per invocation when it is refused. Gives a `Request` that reports to `onCall`.
 */
export function createKustomerClient({ rateLimiter, transport, key, clock, deadlineMs }: ClientPorts) {
  const lastStartMs = deadlineMs - http.reserveMs
  let renewed: Promise<string> | undefined

  const learnFrom = ({ status, headers }: Reply & { kind: 'answer' }) => {
    if (status !== 429 || isOneCustomersLimit(headers)) return rateLimiter.observe(headers)
    rateLimiter.close(clock.now() + secondsToReset(headers, clock.now()) * 1_000)
  }

  return (onCall: (call: CallReport) => void): Request => {
    const once = async (
      endpoint: Endpoint,
      body: object | undefined,
      secret: string,
    ): Promise<KustomerResponse> => {
      const turn = await rateLimiter.acquire(lastStartMs)
      if (!turn.isGranted) return { kind: 'unattempted', inSeconds: turn.inSeconds }
      const startMs = clock.now()
      // A container that was frozen meanwhile wakes up late.
      if (startMs > lastStartMs) return { kind: 'unattempted', inSeconds: 0 }
      const timeoutMs = Math.min(http.timeoutMs[endpoint.kind], deadlineMs - startMs)
      const reply = await transport.send(endpoint, secret, body, timeoutMs)
      const status = reply.kind === 'answer' ? reply.status : undefined
      onCall({
        ...endpoint,
        status,
        ms: clock.now() - startMs,
        ...(reply.kind === 'none' && { error: reply.why }),
      })
      if (reply.kind === 'answer') learnFrom(reply)
      return reply
    }
    return async (endpoint, body) => {
      const secret = await (renewed ?? key.get())
      const answer = await once(endpoint, body, secret)
      if (answer.kind !== 'answer' || (answer.status !== 401 && answer.status !== 403)) return answer
      renewed ??= key.renew()
      const fresh = await renewed
      return fresh === secret ? answer : once(endpoint, body, fresh)
    }
  }
}
