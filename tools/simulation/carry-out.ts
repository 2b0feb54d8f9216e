import { readAnswerBody } from '../../lib/kustomer/answer-body.ts'
import type { Reply as TransportReply } from '../../lib/kustomer/transport.ts'
import type { Call } from '../kustomer-stand-in/call.ts'
import type { Kustomer } from '../kustomer-stand-in/kustomer.ts'
import { objectOf } from '../kustomer-stand-in/person.ts'
import type { StoredCustomer } from '../kustomer-stand-in/types.ts'
import type { Handling } from './fault-rows.ts'
import type { CustomerChange } from './kustomer-log.ts'
import type { ReceivedCall } from './received-call.ts'

/** What a request came to inside Kustomer. */
export interface CarriedOut {
  reply: TransportReply
  isApplied: boolean
  changes: CustomerChange[]
  /** The customer whose attributes the answer shows to a look-up. */
  readId?: string
}

/**
 * Lets the stand-in handle a request, unless the fault keeps it from that, and makes the answer that the relay sees.
 * A request without a fault is answered by the stand-in's own rules.
 */
export function carryOut(
  kustomer: Kustomer,
  { request, call }: ReceivedCall,
  handling: Handling,
): CarriedOut {
  const { throttle, answer } = handling
  if (handling.carriedOut === 'never')
    return { reply: seen(answer, request, undefined), isApplied: false, changes: [] }
  const headers = throttle
    ? { ...request.headers, 'x-stand-in-fault': JSON.stringify(throttle) }
    : request.headers
  const before = customerOf(request, kustomer)
  const attributesBefore = before?.attributes
  const { answer: own, applied } = kustomer.handle({ ...request, headers })
  const reply: Answered = {
    kind: 'answer',
    status: own?.status ?? 0,
    headers: { ...kustomer.rateHeaders(), 'content-type': 'application/json', ...own?.headers },
    body: own?.body === undefined ? undefined : JSON.parse(JSON.stringify(own.body)),
  }
  const after = applied ? (before ?? customerOf(request, kustomer)) : undefined
  const isRead = request.method === 'GET' && before !== undefined && reply.status === 200
  return {
    reply: seen(answer, request, reply),
    isApplied: applied,
    changes: after
      ? [{ ...changeOf(request, after, kustomer.settings.now()), before: attributesBefore, call }]
      : [],
    ...(isRead && { readId: before.id }),
  }
}

type Answered = TransportReply & { kind: 'answer' }

/** What the relay gets to see. A success that was made up never hides that Kustomer refused a write. */
function seen(answer: Handling['answer'], { method }: Call, own: Answered | undefined): TransportReply {
  const isWrite = method !== 'GET'
  if (typeof answer === 'object') {
    const { headers = {}, body } = answer
    const isRefused = own !== undefined && isWrite && own.status >= 300 && answer.status < 300
    const status = isRefused ? own.status : answer.status
    const text = body === undefined ? '{"data":{"type":"cust' : JSON.stringify(body)
    return { kind: 'answer', status, headers, ...readAnswerBody(text, status, headers) }
  }
  if (own === undefined || answer === 'broken')
    return { kind: 'none', why: 'connection lost', mayBeStored: isWrite }
  return own
}

function changeOf(
  { kind, body }: Call,
  { id, attributes }: StoredCustomer,
  at: number,
): Omit<CustomerChange, 'before'> {
  const what = kind === 'create' || kind === 'record' ? kind : 'update'
  return { at, by: 'relay', kind: what, customerId: id, after: attributes, body: objectOf(body) }
}

/** Whom a request is about, as Kustomer finds them; of a create the customer that has its external id. */
function customerOf({ kind, value = '', body }: Call, { store }: Kustomer): StoredCustomer | undefined {
  const { externalId, email } = objectOf(kind === 'record' ? objectOf(body).identity : body)
  const byExternalId = typeof externalId === 'string' ? store.find('externalIds', externalId) : undefined
  switch (kind) {
    case 'create':
      return byExternalId
    case 'record':
      return byExternalId ?? (typeof email === 'string' ? store.find('emails', email) : undefined)
    case 'findByExternalId':
      return store.find('externalIds', value)
    case 'findByEmail':
      return store.find('emails', value)
    default:
      return store.get(value)
  }
}
