import type { HttpResponse } from '../../http/response.ts'

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

/** Returns the response with the security headers. */
export function guarded(answer: HttpResponse): HttpResponse {
  return { ...answer, headers: { ...answer.headers, ...headers } }
}
