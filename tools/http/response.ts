import type { OutgoingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'

/** An HTTP response. A stream is sent as it arrives, until either side closes it. */
export interface HttpResponse {
  status: number
  headers: OutgoingHttpHeaders
  body: string | Buffer | Readable
}

/** Returns a JSON response in API Gateway's own shape: `{"message":"Not Found"}`. */
export function messageResponse(status: number, message: string): HttpResponse {
  return json(status, { message })
}

/** Returns a response with any value as JSON. */
export function json(status: number, value: unknown): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}
