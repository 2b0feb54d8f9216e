import { type HttpResponse, json, messageResponse } from '../http/response.ts'
import type { Invocation } from './container-messages.ts'

/** Headers of the connection. API Gateway sets them itself. */
const ownHeaders = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'date'])

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
