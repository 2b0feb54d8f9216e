import type { IncomingMessage } from 'node:http'
import type { Json } from '../../lib/transform/kustomer/types.ts'
import { isDeeper } from './depth.ts'
import { refusal, type StandInResponse } from './responses.ts'
import { type Route, route } from './route.ts'

/** Bytes that Kustomer takes of a body: 100 kB. */
const maxBodyBytes = 102_400

/** Bytes that are read at all, so that whoever sends too much gets an answer instead of a broken connection. */
const maxReadBytes = 16_000_000

/** Levels; no body that is accepted comes near. */
const maxDepth = 200

/** A request as read: `bodyFault` is the answer that its body would get, once key, limits and role have passed it. */
export interface Call extends Route {
  method: string
  /** As it came, with its query. */
  path: string
  headers: IncomingMessage['headers']
  replace: boolean
  /** Bytes of the body. */
  size: number
  body?: Json
  bodyFault?: StandInResponse
}

/** A request as it came over the wire. `bytes` may stop at the limit of 100 kB; `size` is that of the whole body. */
export interface WireRequest {
  method: string
  path: string
  headers: IncomingMessage['headers']
  bytes: Buffer
  size: number
}

/** Reads a request whole. Rejects only where the client broke off, or sent more than 16 MB. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const { method = 'GET', url: path = '/', headers } = request
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > maxReadBytes) throw new Error('Body of more than 16 MB')
    if (size <= maxBodyBytes) chunks.push(chunk)
  }
  return toCall({ method, path, headers, bytes: Buffer.concat(chunks), size })
}

/** What a request asks for. Never throws: what its body has against it is `bodyFault`. */
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
