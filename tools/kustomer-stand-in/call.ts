import type { IncomingMessage } from 'node:http'
import type { Json } from '../../lib/transform/kustomer/types.ts'
import { isDeeper } from './depth.ts'
import { refusal, type StandInResponse } from './responses.ts'
import { type Route, route } from './route.ts'

/** The largest body that Kustomer accepts, in bytes: 100 kB. */
const maxBodyBytes = 102_400

/** Levels of nesting. No body that the schemas accept comes near this. */
const maxDepth = 200

/** A parsed request. `bodyFault` is the answer to its body; it is sent only after key, limits and role are checked. */
export interface Call extends Route {
  method: string
  /** The path as received, with its query. */
  path: string
  headers: IncomingMessage['headers']
  replace: boolean
  /** Bytes of the body. */
  size: number
  body?: Json
  bodyFault?: StandInResponse
}

/** A request as received. `bytes` may be missing above the limit of 100 kB; `size` is the size of the whole body. */
export interface WireRequest {
  method: string
  path: string
  headers: IncomingMessage['headers']
  bytes: Buffer
  size: number
}

/** Parses a request. Never throws: if the body is invalid, the answer to it is in `bodyFault`. */
export function toCall({ method, path, headers, bytes, size }: WireRequest): Call {
  const [bare = '', query = ''] = path.split(/\?(.*)/s)
  const replace = new URLSearchParams(query).get('replace') === 'true'
  const parsed = ['POST', 'PUT', 'PATCH'].includes(method) ? parse(bytes, size, headers) : {}
  return { ...route(method, bare), method, path, headers, replace, size, ...parsed }
}

function parse(bytes: Buffer, size: number, headers: Call['headers']): Pick<Call, 'body' | 'bodyFault'> {
  if (size > maxBodyBytes) return { bodyFault: refusal(413, 'payload_too_large', 'request entity too large') }
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    return { bodyFault: refusal(400, 'bad_request', 'Content-Type must be application/json') }
  }
  try {
    const body: Json = JSON.parse(bytes.toString('utf8'))
    return isDeeper(body, maxDepth)
      ? { bodyFault: refusal(400, 'bad_request', 'Nested too deeply') }
      : { body }
  } catch {
    return { bodyFault: refusal(400, 'bad_request', 'Body is not valid JSON') }
  }
}
