import type { OutgoingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Invocation } from './container-messages.ts'

/** An HTTP response. A stream is sent as it arrives, until either side closes it. */
export interface HttpResponse {
  status: number
  headers: OutgoingHttpHeaders
  body: string | Buffer | Readable
}

/** Headers of the connection. API Gateway sets them itself. */
const ownHeaders = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'date'])

/** Returns a JSON response in API Gateway's own shape: `{"message":"Not Found"}`. */
export function messageResponse(status: number, message: string): HttpResponse {
  return json(status, { message })
}

/** Returns a response with any value as JSON. */
export function json(status: number, value: unknown): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

/**
 * Returns the response of API Gateway's HTTP API to an invocation: the function's response (or its value as JSON if it
 * has no status), 503 after a timeout, 500 for an error or an invalid response. Never throws.
 */
export function gatewayAnswer(invocation: Invocation): HttpResponse {
  if (invocation.kind === 'timedOut') return messageResponse(503, 'Service Unavailable')
  if (invocation.kind !== 'answered') return messageResponse(500, 'Internal Server Error')
  const { value } = invocation
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) return json(200, value)
  const { statusCode, headers, cookies, body, isBase64Encoded } = value as Record<string, unknown>
  const isStatus = Number.isInteger(statusCode) && Number(statusCode) >= 200 && Number(statusCode) <= 599
  if (!isStatus || !['string', 'undefined'].includes(typeof body))
    return messageResponse(500, 'Internal Server Error')
  return {
    status: Number(statusCode),
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...withoutOwnHeaders(headers),
      ...(Array.isArray(cookies) && { 'set-cookie': cookies.map(String) }),
    },
    body: Buffer.from(typeof body === 'string' ? body : '', isBase64Encoded === true ? 'base64' : 'utf8'),
  }
}

function withoutOwnHeaders(headers: unknown): Record<string, string> {
  if (typeof headers !== 'object' || headers === null) return {}
  const lowerCase = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  )
  return Object.fromEntries(lowerCase.filter(([name]) => !ownHeaders.has(name)))
}
