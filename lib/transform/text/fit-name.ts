import { stripDiacritics } from './strip-diacritics.ts'

const beyondAscii = /[^\0-\x7F]/
const lettersBeyondAscii = /(?![A-Za-z0-9])[\p{L}\p{N}]/u
const lettersAndDigits = /[A-Za-z0-9]/

const inName = { valid: charactersOf(/[A-Za-z0-9_.-]/), invalid: /[^A-Za-z0-9_.-]+/g }
const inKey = { valid: charactersOf(/[A-Za-z0-9_-]/), invalid: /[^A-Za-z0-9_-]+/g }

/** A name of an event in the characters that Kustomer takes; empty where nothing is left. */
export function cleanName(name: string): string {
  return clean(stripDiacritics(name), inName)
}

/** A key of a property in the characters that Kustomer takes: a name's, but the dot; empty where nothing is left. */
export function cleanKey(key: string): string {
  return clean(stripDiacritics(key), inKey)
}

/** Whether the cleaning of a name, or its cut to `maxLength`, loses a letter or digit of any script. */
export function losesLetters(name: string, cleaned: string, maxLength: number): boolean {
  if (cleaned.length > maxLength && lettersAndDigits.test(cleaned.slice(maxLength))) return true
  return beyondAscii.test(name) && lettersBeyondAscii.test(stripDiacritics(name))
}

/** Drops invalid characters at both ends, without a regular expression that could be slow there, and makes one `-` of each run inside. */
function clean(text: string, { valid, invalid }: typeof inName): string {
  let [start, end] = [0, text.length]
  while (start < end && valid[text.charCodeAt(start)] !== 1) start++
  while (end > start && valid[text.charCodeAt(end - 1)] !== 1) end--
  return text.slice(start, end).replace(invalid, '-')
}

/** Of each ASCII character 1 where the pattern has it. */
function charactersOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0))
}
