import { cut } from './cut.ts'

const marks = /\p{M}+/gu
const beyondAscii = /[^\0-\x7F]/

/**
 * The text without diacritics: its compatibility decomposition (NFKD) without combining marks. `é` becomes `e`. It reads
 * at most `maxRead` UTF-16 units, marks not counted, since one character can become 18.
 */
export function stripDiacritics(text: string, maxRead: number): string {
  if (!beyondAscii.test(text)) return text
  return cut(withoutMarks(text), maxRead).normalize('NFKD').replace(marks, '')
}

/**
 * The text without combining marks. Call it before `normalize`, which sorts each run of marks in time quadratic in its
 * length. Without marks each character decomposes by itself, so the result for the others is the same.
 */
export function withoutMarks(text: string): string {
  return text.replace(marks, '')
}
