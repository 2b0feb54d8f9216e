import type { KustomerResponse } from '../kustomer/client.ts'
import type { CallKind } from '../kustomer/endpoints.ts'
import { readKustomerError } from '../kustomer/error-body.ts'
import { secondsToReset } from '../kustomer/rate-headers.ts'
import { reasonFor } from '../kustomer/reason.ts'
import type { Outcome } from './outcome.ts'

/** Key, role and billing; then statuses of a wrong host or gateway, since method, media type and protocol never change. */
const setUpStatuses = new Set([401, 402, 403, 405, 415, 426])
/** These too, where the path holds no id. */
const missingPathStatuses = new Set([404, 410])
const fixedPaths = new Set<CallKind>(['create', 'record'])
const reads = new Set<CallKind>(['find', 'read'])
/** A gateway's words for "no answer from behind me". The first status of its own that no standard names is 520. */
const gatewayStatuses = new Set([502, 504])
const firstOwnStatus = 520

/**
 * What an answer other than a success to a request of this kind means, by the HTTP status alone. Its reason
 * is a sentence of our own: no text of the answer is kept. Never throws.
 */
export function classifyAnswer(answer: KustomerResponse, kind: CallKind, nowMs: number): Outcome {
  if (answer.kind === 'unattempted')
    return { kind: 'unattempted', inSeconds: answer.inSeconds, why: 'no token or no time left' }
  if (answer.kind === 'none') return { kind: 'unavailable', why: answer.why, mayBeStored: answer.mayBeStored }
  const { status, headers, body } = answer
  const why = reasonFor(status, readKustomerError(body))
  if (status === 429) return { kind: 'throttled', status, inSeconds: secondsToReset(headers, nowMs) }
  if (status === 409) return { kind: 'conflict', status, why }
  if (isSetUp(status, kind)) return { kind: 'unauthorized', status, why }
  if (status >= 400 && status < 500 && status !== 408)
    return { kind: 'rejected', code: 'REJECTED', status, why }
  return { kind: 'unavailable', status, why, mayBeStored: !reads.has(kind) && mayBeCarriedOut(status) }
}

/**
 * The answer, if it is a success: a 2xx whose body is Kustomer's, empty or cut off. A page of a gateway is none, since
 * nobody knows whether the request went further.
 */
export function successOf(answer: KustomerResponse): (KustomerResponse & { kind: 'answer' }) | undefined {
  const isSuccess = answer.kind === 'answer' && answer.status >= 200 && answer.status < 300
  return isSuccess && !answer.isForeign ? answer : undefined
}

function isSetUp(status: number, kind: CallKind): boolean {
  const isRedirect = status >= 300 && status < 400
  const isMissingPath = missingPathStatuses.has(status) && fixedPaths.has(kind)
  return isRedirect || setUpStatuses.has(status) || isMissingPath
}

/** Whether somebody behind the one who answered may have carried the request out: not where Kustomer itself failed. */
function mayBeCarriedOut(status: number): boolean {
  return status < 300 || gatewayStatuses.has(status) || status >= firstOwnStatus
}
