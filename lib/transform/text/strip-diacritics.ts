const marks = /\p{M}/gu
const beyondAscii = /[^\0-\x7F]/

/** The text without diacritics: NFKD (compatibility decomposition), then without combining marks. `é` becomes `e`. */
export function stripDiacritics(text: string): string {
  return beyondAscii.test(text) ? text.normalize('NFKD').replace(marks, '') : text
}
