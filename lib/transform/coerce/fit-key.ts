import { cleanKey } from './fit-name.ts'
import { hash } from './hash.ts'

/** What Kustomer tells apart by a key's ending: numbers, date-times and texts. */
export type KeyKind = 'Num' | 'At' | 'text'

const minLength = 3
const maxLength = 33
const letter = /^[A-Za-z]/
const everySuffix = /Num|At/g

/** The marks that `marksOf` finds in a key. */
const [hasWrongCharacter, hasSuffix] = [1, 2]

/** Of each ASCII character: 1 for a letter, 2 for what may follow one, 0 for what may not stand in a key. */
const characters = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return letter.test(character) ? 1 : /[0-9_-]/.test(character) ? 2 : 0
})

/**
 * A key of a property under which Kustomer takes a value of this kind: the part before `Num` or `At` has 3 to 33
 * characters. Keys that Kustomer takes already, and therefore all that come out of here, are unchanged.
 */
export function fitKey(key: string, kind: KeyKind): string {
  const marks = marksOf(key)
  if (marks & hasWrongCharacter) return withPart(startingWithLetter(cleanKey(key), key), kind)
  if (kind !== 'text') return withPart(key, kind)
  return marks === 0 && key.length >= minLength && key.length <= maxLength ? key : withPart(key, kind)
}

/** The `n`-th name for a key that is taken: `_2`, `_3` … before its suffix, the part cut to make room. */
export function numberedKey(fitted: string, kind: KeyKind, n: number): string {
  const suffix = kind === 'text' ? '' : kind
  const part = fitted.slice(0, fitted.length - suffix.length)
  const ending = `_${n}`
  return part.slice(0, maxLength - ending.length) + ending + suffix
}

function withPart(key: string, kind: KeyKind): string {
  if (kind === 'text') return within(key.replace(everySuffix, found => found.toLowerCase()))
  const length = partLength(key, kind)
  if (length >= minLength && length <= maxLength) return length === key.length ? key + kind : key
  return within(key.slice(0, length)) + kind
}

/** The length of what stands before the suffix; a key that is the suffix alone does not end in it. */
function partLength(key: string, suffix: 'Num' | 'At'): number {
  const length = key.length - suffix.length
  return length > 0 && key.endsWith(suffix) ? length : key.length
}

function within(part: string): string {
  return part.padEnd(minLength, '_').slice(0, maxLength)
}

function startingWithLetter(cleaned: string, key: string): string {
  if (cleaned === '') return key.trim() === '' ? 'property' : `p_${hash(key)}`
  return letter.test(cleaned) ? cleaned : `p_${cleaned}`
}

/** Reads a key once, character by character: the fast way for the many keys to which nothing has to be done. */
function marksOf(key: string): number {
  if (key.length === 0 || characters[key.charCodeAt(0)] !== 1) return hasWrongCharacter
  let marks = 0
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i)
    if (code > 127 || characters[code] === 0) return hasWrongCharacter
    if (code === 65 ? key.charCodeAt(i + 1) === 116 : code === 78 && key.startsWith('Num', i))
      marks = hasSuffix
  }
  return marks
}
