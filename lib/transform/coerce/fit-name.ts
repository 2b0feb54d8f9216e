import { cut } from './text.ts'

const plain = /^[A-Za-z0-9_.-]+$/
const marks = /\p{M}/gu
const lettersBeyondAscii = /(?![A-Za-z0-9])[\p{L}\p{N}]/u
const lettersAndDigits = /[A-Za-z0-9]/
const invalidInName = { one: /[^A-Za-z0-9_.-]/, runs: /[^A-Za-z0-9_.-]+/g }
const invalidInKey = { one: /[^A-Za-z0-9_-]/, runs: /[^A-Za-z0-9_-]+/g }

/** A text without diacritics: NFKD, combining marks dropped. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(marks, '')
}

/** A name of an event in the characters that Kustomer takes; empty where nothing is left. */
export function cleanName(name: string): string {
  return plain.test(name) ? name : clean(fold(name), invalidInName)
}

/** A key of a property in the characters that Kustomer takes: a name's, but the dot; empty where nothing is left. */
export function cleanKey(key: string): string {
  return clean(plain.test(key) ? key : fold(key), invalidInKey)
}

/** Whether the cleaning of a name, or its cut to `maxLength`, loses a letter or digit of any script. */
export function losesLetters(name: string, cleaned: string, maxLength: number): boolean {
  const isCut =
    cleaned.length > maxLength && lettersAndDigits.test(cleaned.slice(cut(cleaned, maxLength).length))
  return isCut || (cleaned !== name && lettersBeyondAscii.test(fold(name)))
}

/** Drops invalid characters at both ends and makes one `-` of each run inside; linear, however long the text is. */
function clean(text: string, { one, runs }: { one: RegExp; runs: RegExp }): string {
  let [start, end] = [0, text.length]
  while (start < end && one.test(text.charAt(start))) start++
  while (end > start && one.test(text.charAt(end - 1))) end--
  return text.slice(start, end).replace(runs, '-')
}
