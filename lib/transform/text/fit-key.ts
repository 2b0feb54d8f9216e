import { limits } from '../kustomer/limits.ts'
import { cleanKey } from './fit-name.ts'
import { hash } from './hash.ts'

/** The kinds of values that Kustomer tells apart by the end of a key: numbers, date-times and texts. */
export type KeyKind = 'Num' | 'At' | 'text'

const { minMetaKeyLength: minLength, maxMetaKeyLength: maxLength } = limits
const [letter, other] = [1, 2]

/** The marks that `marksOf` finds in a key. */
const [hasWrongCharacter, hasSuffix] = [1, 2]

/** A table of the ASCII characters: a letter, another character that a key may have after its first, or 0. */
const characters = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return /[A-Za-z]/.test(character) ? letter : /[0-9_-]/.test(character) ? other : 0
})

/**
 * The key under which Kustomer accepts a value of this kind: the part before `Num` or `At` has 3 to 33 characters. A key
 * that Kustomer accepts is unchanged, so fitting a fitted key changes nothing.
 */
export function fitKey(key: string, kind: KeyKind): string {
  let name = key
  let marks = marksOf(key)
  if (marks & hasWrongCharacter) {
    name = startingWithLetter(cleanKey(key), key)
    marks = marksOf(name)
  }
  if (kind !== 'text') return withSuffix(name, kind)
  return within(marks & hasSuffix ? name.replaceAll('Num', 'num').replaceAll('At', 'at') : name)
}

/** The `n`-th name for a key that is taken: `_2`, `_3` … before its suffix, the part cut to make room. */
export function numberedKey(fitted: string, kind: KeyKind, n: number): string {
  const suffix = kind === 'text' ? '' : kind
  const part = fitted.slice(0, fitted.length - suffix.length)
  const ending = `_${n}`
  return part.slice(0, maxLength - ending.length) + ending + suffix
}

/** The part of a key before the suffix, made long and short enough; a key that is the suffix alone has no suffix. */
function withSuffix(key: string, suffix: 'Num' | 'At'): string {
  const length = key.length - suffix.length
  const hasSuffix = length > 0 && key.endsWith(suffix)
  if (!hasSuffix) return within(key) + suffix
  return length >= minLength && length <= maxLength ? key : within(key.slice(0, length)) + suffix
}

function within(part: string): string {
  if (part.length > maxLength) return part.slice(0, maxLength)
  return part.length < minLength ? part.padEnd(minLength, '_') : part
}

function startingWithLetter(cleaned: string, key: string): string {
  if (cleaned === '') return key.trim() === '' ? 'property' : `p_${hash(key)}`
  return characters[cleaned.charCodeAt(0)] === letter ? cleaned : `p_${cleaned}`
}

/** Reads a key once, character by character: fast for the many keys that need no change. */
function marksOf(key: string): number {
  if (key.length === 0 || characters[key.charCodeAt(0)] !== letter) return hasWrongCharacter
  let marks = 0
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i)
    if (code > 127 || characters[code] === 0) return hasWrongCharacter
    if (code === 65 ? key.charCodeAt(i + 1) === 116 : code === 78 && key.startsWith('Num', i))
      marks = hasSuffix
  }
  return marks
}
