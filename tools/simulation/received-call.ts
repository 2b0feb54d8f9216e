import type { Endpoint } from '../../lib/kustomer/endpoints.ts'
import { type Call, toCall } from '../kustomer-stand-in/call.ts'
import { objectOf, personOf } from '../kustomer-stand-in/person.ts'
import type { Store } from '../kustomer-stand-in/store.ts'
import type { KustomerCall } from './kustomer-log.ts'
import { marksIn } from './marks.ts'

/** A request as the relay's transport was given it. */
export interface TransportRequest {
  endpoint: Endpoint
  key: string
  body: object | undefined
  timeoutMs: number
}

/** A request as Kustomer reads it, with the entry of the log that is kept of it. */
export interface ReceivedCall {
  request: Call
  call: KustomerCall
  /** What the body says of a person, and the key: what an unkind answer may quote. */
  texts: string[]
}

/** Reads a request without the wire: its body is parsed from its JSON, so that nothing is shared with the relay. */
export function toReceivedCall(
  { endpoint, key, body, timeoutMs }: TransportRequest,
  store: Store,
): ReceivedCall {
  const { method, url } = endpoint
  const path = url.slice(url.indexOf('/', url.indexOf('//') + 2))
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body))
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const request = toCall({ method, path, headers, bytes, size: bytes.length })
  const { externalIds } = personOf(request, store)
  const call: KustomerCall = {
    ...{ container: '', invocation: 0, sentAt: 0, timeoutMs, path, kind: request.kind },
    marks: marksIn(objectOf(request.body)),
    externalIds,
    ...{ isApplied: false, isSuccess: false, neededMs: Number.POSITIVE_INFINITY },
  }
  return { request, call, texts: [...textsIn(request.body), key] }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 3 ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
