import { isUtf8 } from 'node:buffer'

/** A body in API Gateway's payload format 2.0: text, or base64-encoded when its content type is not text. */
export interface GatewayBody {
  body?: unknown
  isBase64Encoded?: boolean
}

/** The bytes of a body as they were sent. */
export function bodyBytes({ body, isBase64Encoded }: GatewayBody): Buffer {
  return Buffer.from(typeof body === 'string' ? body : '', isBase64Encoded ? 'base64' : 'utf8')
}

/**
 * The text of a body of any content type, without a byte order mark. Undefined when it is not UTF-8: decoding it anyway
 * could turn different ids into the same one, and so mix up people.
 */
export function bodyText({ body, isBase64Encoded }: GatewayBody): string | undefined {
  const given = typeof body === 'string' ? body : ''
  const bytes = isBase64Encoded ? bodyBytes({ body, isBase64Encoded }) : undefined
  if (bytes ? !isUtf8(bytes) : !given.isWellFormed()) return undefined
  const text = bytes?.toString() ?? given
  return text.startsWith('\ufeff') ? text.slice(1) : text
}
