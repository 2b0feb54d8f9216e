import { cut } from './cut.ts'

const marks = /\p{M}+/gu
const beyondAscii = /[^\0-\x7F]/

/**
 * The text without diacritics: NFKD (compatibility decomposition), then without combining marks. `é` becomes `e`. No
 * more than `maxRead` characters that are no marks are read, since one can become 18.
 */
export function stripDiacritics(text: string, maxRead: number): string {
  if (!beyondAscii.test(text)) return text
  return cut(withoutMarks(text), maxRead).normalize('NFKD').replace(marks, '')
}

/**
 * The text without combining marks, as `normalize` should get it: that sorts each run of marks, which takes time in the
 * square of the run's length. Without marks each character decomposes by itself, so the others come out the same.
 */
export function withoutMarks(text: string): string {
  return text.replace(marks, '')
}
