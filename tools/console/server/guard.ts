import type { IncomingMessage } from 'node:http'
import { type HttpResponse, messageResponse } from '../../local-relay/gateway-response.ts'

/** Nothing but our own files and our own origin; no inline script or style, no frame, no form. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

/**
 * Refuses a request that another site's page made this machine's browser send: for a page of ours the browser says
 * `same-origin`, for a typed address `none`; other programs say nothing. A write must be JSON too, which no form can
 * send. Gives the refusal, or undefined.
 */
export function refusalOf(request: IncomingMessage): HttpResponse | undefined {
  const { origin, host, 'sec-fetch-site': site, 'content-type': type = '' } = request.headers
  const isRead = request.method === 'GET'
  const isOurs = origin === undefined || origin === `http://${host}`
  const allowed = [undefined, 'same-origin', ...(isRead ? ['none'] : [])]
  if (!isOurs || !allowed.includes(site?.toString())) return messageResponse(403, 'Forbidden')
  if (!isRead && !/^application\/json\s*(;|$)/i.test(type))
    return messageResponse(415, 'Unsupported Media Type')
  return undefined
}

/** The answer with the headers that keep the page to itself. */
export function guarded(answer: HttpResponse): HttpResponse {
  return { ...answer, headers: { ...answer.headers, ...headers } }
}
