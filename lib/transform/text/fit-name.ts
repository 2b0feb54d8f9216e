import { withoutMarks } from './strip-diacritics.ts'

const beyondAscii = /[^\0-\x7F]/
const runsBeyondAscii = /[^\0-\x7F]+/g
const marksAlone = /^\p{M}+$/u
const lettersBeyondAscii = /(?![A-Za-z0-9])[\p{L}\p{N}]/u

const inName = { valid: charactersOf(/[A-Za-z0-9_.-]/), invalid: /[^A-Za-z0-9_.-]+/g }
const inKey = { valid: charactersOf(/[A-Za-z0-9_-]/), invalid: /[^A-Za-z0-9_-]+/g }

/**
 * The name of an event in the characters that Kustomer accepts. Empty if nothing is left. `isLossy` is true if a letter
 * or digit of another script was lost.
 */
export function cleanName(name: string): { cleaned: string; isLossy: boolean } {
  if (!beyondAscii.test(name)) return { cleaned: clean(name, inName), isLossy: false }
  const decomposed = decompose(name)
  return { cleaned: clean(toAscii(decomposed), inName), isLossy: lettersBeyondAscii.test(decomposed) }
}

/**
 * The key of a property in the characters that Kustomer accepts: those of a name, without the dot. Empty if nothing is
 * left.
 */
export function cleanKey(key: string): string {
  return clean(beyondAscii.test(key) ? toAscii(decompose(key)) : key, inKey)
}

/**
 * NFKD turns these two into 18 and 8 Arabic letters and blanks. A name can have none of them, so one letter stands for
 * all.
 */
const phrases = /[\ufdfa\ufdfb]/g

/**
 * The compatibility decomposition (NFKD) of the text without its own marks. Marks that the decomposition adds are
 * kept.
 */
function decompose(text: string): string {
  return withoutMarks(text).replace(phrases, '\u0635').normalize('NFKD')
}

/**
 * The ASCII characters of a decomposed text. A run of marks alone is dropped; any other run becomes one NUL, which no
 * name can have. Most runs are decided by their first character: ten times as fast as to drop each mark.
 */
function toAscii(decomposed: string): string {
  return decomposed.replace(runsBeyondAscii, run => (marksAlone.test(run) ? '' : '\0'))
}

/**
 * Drops invalid characters at both ends and replaces each run inside by one `-`. The ends need no regular expression,
 * which could be slow.
 */
function clean(text: string, { valid, invalid }: typeof inName): string {
  let [start, end] = [0, text.length]
  while (start < end && valid[text.charCodeAt(start)] !== 1) start++
  while (end > start && valid[text.charCodeAt(end - 1)] !== 1) end--
  return text.slice(start, end).replace(invalid, '-')
}

/** A table of the ASCII characters: 1 for each that the pattern matches. */
function charactersOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0))
}
