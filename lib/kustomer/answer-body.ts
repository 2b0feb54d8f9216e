import type { Headers } from './rate-headers.ts'

/**
 * The body of an answer: JSON, or undefined where it is empty, cut off or no JSON. `isForeign`: it does not come from
 * Kustomer but from a gateway or proxy before it, such as an HTML page.
 */
export interface AnswerBody {
  body: unknown
  isForeign?: true
}

/**
 * Reads the body of an answer with this status and these headers. `text` is what arrived of it. Foreign is what calls
 * itself HTML and what is no JSON; a beginning of JSON is Kustomer's own. Kustomer answers JSON, or nothing to a 204
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
