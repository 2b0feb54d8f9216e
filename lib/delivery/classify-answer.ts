import type { KustomerResponse } from '../kustomer/client.ts'
import type { CallKind } from '../kustomer/endpoints.ts'
import { readKustomerError } from '../kustomer/error-body.ts'
import { secondsToReset } from '../kustomer/rate-headers.ts'
import { reasonFor } from '../kustomer/reason.ts'
import type { Outcome } from './outcome.ts'

/**
 * Key, role and billing; then statuses that only a wrong host or gateway answers, since the method, media type and
 * protocol of a request never change.
 */
const setUpStatuses = new Set([401, 402, 403, 405, 415, 426])
/** These mean a wrong host or gateway too, where the path holds no id or the body is a gateway's own page. */
const missingPathStatuses = new Set([404, 410])
const fixedPaths = new Set<CallKind>(['create', 'record'])
const reads = new Set<CallKind>(['find', 'read'])
/** A gateway answers these when it got no response from the server behind it; 520 and above are non-standard ones. */
const gatewayStatuses = new Set([502, 504])
const firstOwnStatus = 520

const noAnswer = {
  'time-out': 'Kustomer did not answer in time',
  'no connection': 'Kustomer could not be reached',
  'connection lost': 'the connection to Kustomer was lost',
}

/**
 * Turns a response that is not a success into an outcome, by its HTTP status and the kind of the request. `why` is a
 * sentence of the relay: no text of the response is kept. Never throws.
 */
export function classifyAnswer(answer: KustomerResponse, kind: CallKind, nowMs: number): Outcome {
  if (answer.kind === 'unattempted')
    return {
      kind: 'unattempted',
      inSeconds: answer.inSeconds,
      why: 'the rate limit, or the time for this batch, is used up',
    }
  if (answer.kind === 'none')
    return { kind: 'unavailable', why: noAnswer[answer.why], mayBeStored: answer.mayBeStored }
  const { status, headers, body } = answer
  const why = reasonFor(status, readKustomerError(body))
  if (status === 429) return { kind: 'throttled', status, inSeconds: secondsToReset(headers, nowMs) }
  if (status === 409) return { kind: 'conflict', status, why }
  if (isSetUp(status, kind) || (missingPathStatuses.has(status) && answer.isForeign))
    return { kind: 'unauthorized', status, why }
  if (status >= 400 && status < 500 && status !== 408)
    return { kind: 'rejected', code: 'REJECTED', status, why }
  return { kind: 'unavailable', status, why, mayBeStored: !reads.has(kind) && mayBeCarriedOut(status) }
}

/**
 * Returns the response if it is a success: a 2xx whose body is Kustomer's, empty or truncated. A gateway's own page is
 * not a success, since the request may not have reached Kustomer.
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

/** Whether the request may have been carried out: a gateway answered without a response from the server behind it. */
function mayBeCarriedOut(status: number): boolean {
  return status < 300 || gatewayStatuses.has(status) || status >= firstOwnStatus
}
