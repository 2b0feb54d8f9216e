import type { OutgoingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Invocation } from './container-messages.ts'

/** An HTTP answer; whole, but for a stream, which is sent as it comes and ended by whoever hangs up first. */
export interface HttpResponse {
  status: number
  headers: OutgoingHttpHeaders
  body: string | Buffer | Readable
}

/** Headers that belong to the connection: API Gateway makes them itself. */
const ownHeaders = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'date'])

/** A JSON answer of ingest itself, as API Gateway words them: `{"message":"Not Found"}`. */
export function said(status: number, message: string): HttpResponse {
  return json(status, { message })
}

/** Any value as a JSON answer. */
export function json(status: number, value: unknown): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

/**
 * What API Gateway's HTTP API answers for an invocation: the function's answer (or its value as JSON, where it names no
 * status), 503 past the time limit, 500 for an error or an answer that it cannot read. Never throws.
 */
export function gatewayAnswer(invocation: Invocation): HttpResponse {
  if (invocation.kind === 'timedOut') return said(503, 'Service Unavailable')
  if (invocation.kind !== 'answered') return said(500, 'Internal Server Error')
  const { value } = invocation
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) return json(200, value)
  const { statusCode, headers, cookies, body, isBase64Encoded } = value as Record<string, unknown>
  const isStatus = Number.isInteger(statusCode) && Number(statusCode) >= 200 && Number(statusCode) <= 599
  if (!isStatus || !['string', 'undefined'].includes(typeof body)) return said(500, 'Internal Server Error')
  return {
    status: Number(statusCode),
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...ownless(headers),
      ...(Array.isArray(cookies) && { 'set-cookie': cookies.map(String) }),
    },
    body: Buffer.from(typeof body === 'string' ? body : '', isBase64Encoded === true ? 'base64' : 'utf8'),
  }
}

function ownless(headers: unknown): Record<string, string> {
  if (typeof headers !== 'object' || headers === null) return {}
  const lowerCase = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  )
  return Object.fromEntries(lowerCase.filter(([name]) => !ownHeaders.has(name)))
}
