import { http } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Secret } from '../runtime/secrets.ts'
import type { Endpoint } from './endpoints.ts'
import { isOneCustomersLimit, secondsToReset } from './rate-headers.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { Reply, Transport } from './transport.ts'

/** The result of a request: a reply, or `unattempted` when there was no token or no time for it. */
export type KustomerResponse = Reply | { kind: 'unattempted'; inSeconds: number }

/**
 * A request that was made, for the logs. `template` is the path without ids. `url` and the two bodies are only for tools
 * in the same process, such as the local console: they are never logged.
 */
export interface CallReport extends Endpoint {
  status: number | undefined
  ms: number
  error?: string
  sent?: object
  received?: unknown
}

/** Sends a request to Kustomer for one event. Rejects only when the API key cannot be read. */
export type Request = (endpoint: Endpoint, body?: object) => Promise<KustomerResponse>

/** What the client needs. `deadlineMs` is when Lambda ends the invocation, in epoch milliseconds. */
export interface ClientPorts {
  rateLimiter: RateLimiter
  transport: Transport
  key: Secret
  clock: Clock
  deadlineMs: number
}

/**
 * Creates the client of one invocation. It keeps to the rate limit, ends each request before the invocation ends, and
 * reads the API key again when Kustomer refuses it, at most once. Returns a function that creates a `Request` which
 * reports to `onCall`.
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
      // A container that was frozen while it waited continues late.
      if (startMs > lastStartMs) return { kind: 'unattempted', inSeconds: 0 }
      const timeoutMs = Math.min(http.timeoutMs[endpoint.kind], deadlineMs - startMs)
      const reply = await transport.send(endpoint, secret, body, timeoutMs)
      onCall(reportOf(endpoint, body, reply, clock.now() - startMs))
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

function reportOf(endpoint: Endpoint, sent: object | undefined, reply: Reply, ms: number): CallReport {
  const bodies = { ...(sent && { sent }), ...('body' in reply && { received: reply.body }) }
  const status = reply.kind === 'answer' ? reply.status : undefined
  return { ...endpoint, status, ms, ...(reply.kind === 'none' && { error: reply.why }), ...bodies }
}
