/** A body as API Gateway hands it over (payload format 2.0): as text, or base64-encoded where its type is no text. */
export interface GatewayBody {
  body?: unknown
  isBase64Encoded?: boolean
}

/** The text of a body, whatever content type it claims, without a byte order mark. */
export function bodyText({ body, isBase64Encoded }: GatewayBody): string {
  const given = typeof body === 'string' ? body : ''
  const text = isBase64Encoded ? Buffer.from(given, 'base64').toString() : given
  return text.startsWith('\ufeff') ? text.slice(1) : text
}
