import type { Headers } from './rate-headers.ts'

/**
 * The parsed JSON body of a response; undefined when it is empty, truncated or not JSON. `isForeign`: it does not come
 * from Kustomer but from a gateway or proxy in front of it, such as an HTML page.
 */
export interface AnswerBody {
  body: unknown
  isForeign?: true
}

/**
 * Parses the body of a response. `text` is the part that arrived. A body is foreign when its type is HTML or it is not
 * JSON; text that starts like JSON counts as Kustomer's. Kustomer answers JSON, or nothing with a 204
 * (developer.kustomer.com, read 2026-11). Never throws.
 */
export function readAnswerBody(text: string, status: number, headers: Headers): AnswerBody {
  const isPage = status !== 204 && /^text\/html\b/i.test(String(headers['content-type'] ?? ''))
  if (isPage) return { body: undefined, isForeign: true }
  const trimmed = text.replace(/^\ufeff/, '').trim()
  try {
    return { body: JSON.parse(trimmed) }
  } catch {
    const isBeginning = trimmed === '' || /^[{["]/.test(trimmed)
    return { body: undefined, ...(!isBeginning && { isForeign: true }) }
  }
}
