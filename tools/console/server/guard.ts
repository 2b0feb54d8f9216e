import type { IncomingMessage } from 'node:http'
import { type HttpResponse, messageResponse } from '../../http/response.ts'

/** The page may load only its own files and call only its own origin. No inline script or style, no frame, no form. */
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
 * Refuses a request that a page of another site makes the browser send. Returns the refusal, or undefined.
 * `sec-fetch-site` is `same-origin` for the console's own page and `none` for a typed address; other programs do not
 * send it. A write must also have the content type of JSON, which a form cannot send.
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

/** Returns the response with the security headers. */
export function guarded(answer: HttpResponse): HttpResponse {
  return { ...answer, headers: { ...answer.headers, ...headers } }
}
