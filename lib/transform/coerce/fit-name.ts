import { cut } from './text.ts'

const marks = /\p{M}/gu
const beyondAscii = /[^\0-\x7F]/
const lettersBeyondAscii = /(?![A-Za-z0-9])[\p{L}\p{N}]/u
const lettersAndDigits = /[A-Za-z0-9]/

const inName = charactersOf(/[A-Za-z0-9_.-]/)
const inKey = charactersOf(/[A-Za-z0-9_-]/)

/** A text without diacritics: NFKD, combining marks dropped. */
export function fold(text: string): string {
  return beyondAscii.test(text) ? text.normalize('NFKD').replace(marks, '') : text
}

/** A name of an event in the characters that Kustomer takes; empty where nothing is left. */
export function cleanName(name: string): string {
  return clean(fold(name), inName)
}

/** A key of a property in the characters that Kustomer takes: a name's, but the dot; empty where nothing is left. */
export function cleanKey(key: string): string {
  return clean(fold(key), inKey)
}

/** Whether the cleaning of a name, or its cut to `maxLength`, loses a letter or digit of any script. */
export function losesLetters(name: string, cleaned: string, maxLength: number): boolean {
  const isCut =
    cleaned.length > maxLength && lettersAndDigits.test(cleaned.slice(cut(cleaned, maxLength).length))
  return isCut || (beyondAscii.test(name) && lettersBeyondAscii.test(fold(name)))
}

/** Drops invalid characters at both ends and makes one `-` of each run inside, in one pass without a regular expression. */
function clean(text: string, valid: Uint8Array): string {
  let cleaned = ''
  let start = 0
  for (let end = 0; end <= text.length; end++) {
    const code = end < text.length ? text.charCodeAt(end) : 128
    if (code < 128 && valid[code] === 1) continue
    if (end > start) cleaned += cleaned === '' ? text.slice(start, end) : `-${text.slice(start, end)}`
    start = end + 1
  }
  return cleaned
}

/** Of each ASCII character 1 where the pattern has it. */
function charactersOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0))
}
