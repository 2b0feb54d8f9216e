import type { KustomerResponse } from '../kustomer/client.ts'
import type { CallKind } from '../kustomer/endpoints.ts'
import { readKustomerError } from '../kustomer/error-body.ts'
import { secondsToReset } from '../kustomer/rate-headers.ts'
import type { Outcome } from './outcome.ts'

/**
 * What an answer other than a success to a request of this kind means, by the HTTP status alone. `sent` is the body of
 * the request, so that none of its texts come back in the reason. Never throws.
 */
export function classifyAnswer(
  answer: KustomerResponse,
  kind: CallKind,
  sent: unknown,
  nowMs: number,
): Outcome {
  if (answer.kind === 'unattempted')
    return { kind: 'unattempted', inSeconds: answer.inSeconds, why: 'no token or no time left' }
  if (answer.kind === 'none') return { kind: 'unavailable', why: answer.why, mayBeStored: answer.mayBeStored }
  const { status, headers, body } = answer
  const { words } = readKustomerError(body, sent)
  const why = words || `Kustomer answered ${status}`
  if (status === 429) return { kind: 'throttled', status, inSeconds: secondsToReset(headers, nowMs) }
  if (status === 409) return { kind: 'conflict', status, why }
  if (status === 401 || status === 402 || status === 403 || (status >= 300 && status < 400))
    return { kind: 'unauthorized', status, why }
  if (status === 408 || status >= 500)
    return { kind: 'unavailable', status, why, mayBeStored: status === 502 || status === 504 }
  if (status >= 400) return { kind: 'rejected', code: 'REJECTED', status, why }
  return {
    kind: 'unavailable',
    status,
    why: `Kustomer answered ${status} with a body that is not its own`,
    mayBeStored: kind !== 'find' && kind !== 'read',
  }
}

/**
 * The answer, if it is a success: a 2xx whose body is Kustomer's, empty or cut off. A page of a gateway is none, since
 * nobody knows whether the request went further.
 */
export function successOf(answer: KustomerResponse): (KustomerResponse & { kind: 'answer' }) | undefined {
  const isSuccess = answer.kind === 'answer' && answer.status >= 200 && answer.status < 300
  return isSuccess && !answer.isForeign ? answer : undefined
}
