import { withoutMarks } from './strip-diacritics.ts'

const beyondAscii = /[^\0-\x7F]/
const runsBeyondAscii = /[^\0-\x7F]+/g
const marksAlone = /^\p{M}+$/u
const lettersBeyondAscii = /(?![A-Za-z0-9])[\p{L}\p{N}]/u

const inName = { valid: charactersOf(/[A-Za-z0-9_.-]/), invalid: /[^A-Za-z0-9_.-]+/g }
const inKey = { valid: charactersOf(/[A-Za-z0-9_-]/), invalid: /[^A-Za-z0-9_-]+/g }

/**
 * A name of an event in the characters that Kustomer takes; empty where nothing is left. `isLossy`: a letter or digit
 * of another script was lost.
 */
export function cleanName(name: string): { cleaned: string; isLossy: boolean } {
  if (!beyondAscii.test(name)) return { cleaned: clean(name, inName), isLossy: false }
  const decomposed = decompose(name)
  return { cleaned: clean(toAscii(decomposed), inName), isLossy: lettersBeyondAscii.test(decomposed) }
}

/** A key of a property in the characters that Kustomer takes: a name's, but the dot; empty where nothing is left. */
export function cleanKey(key: string): string {
  return clean(beyondAscii.test(key) ? toAscii(decompose(key)) : key, inKey)
}

/** These two become 18 and 8 Arabic letters and blanks: one letter stands for them, since no name may have either. */
const phrases = /[\ufdfa\ufdfb]/g

/** The compatibility decomposition (NFKD), in which the marks of the text itself are not, but those that it gives. */
function decompose(text: string): string {
  return withoutMarks(text).replace(phrases, '\u0635').normalize('NFKD')
}

/**
 * ASCII characters as they are, diacritics dropped, one NUL for each run of others: no name may have either. Whether a
 * run is diacritics alone shows at its start, which is ten times as fast as dropping diacritics one by one.
 */
function toAscii(decomposed: string): string {
  return decomposed.replace(runsBeyondAscii, run => (marksAlone.test(run) ? '' : '\0'))
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
