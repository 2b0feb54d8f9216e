import type { HttpResponse } from '../../http/response.ts'

/**
 * The page may load only its own files and call only its own origin. No inline script, no frame, no form. A style element
 * needs the nonce of the page: the editor makes its style sheet at run time.
 */
const policy = (nonce?: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

/** Returns the response with the security headers. The page itself has a nonce. */
export function guarded(answer: HttpResponse, nonce?: string): HttpResponse {
  const { status, body } = answer
  return {
    status,
    headers: { ...answer.headers, 'content-security-policy': policy(nonce), ...headers },
    body,
  }
}
