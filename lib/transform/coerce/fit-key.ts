import { cleanKey } from './fit-name.ts'
import { hash } from './text.ts'

/** What Kustomer tells apart by a key's ending: numbers, date-times and texts. */
export type KeyKind = 'Num' | 'At' | 'text'

const minLength = 3
const maxLength = 33
const fits = { Num: /^[A-Za-z][\w-]{2,32}Num$/, At: /^[A-Za-z][\w-]{2,32}At$/, text: /^[A-Za-z][\w-]{2,32}$/ }
const suffixes = /Num|At/
const everySuffix = /Num|At/g

/** A key of a property under which Kustomer takes a value of this kind. Keys that it takes already are unchanged. */
export function fitKey(key: string, kind: KeyKind): string {
  if (fits[kind].test(key) && (kind !== 'text' || !suffixes.test(key))) return key
  const [part, suffix] = splitKey(startingWithLetter(cleanKey(key), key), kind)
  return withPart(part, suffix)
}

/** The `n`-th name for a key that is taken: `_2`, `_3` … before its suffix, the part cut to make room. */
export function numberedKey(fitted: string, kind: KeyKind, n: number): string {
  const [part, suffix] = splitKey(fitted, kind)
  const ending = `_${n}`
  return `${part.slice(0, maxLength - ending.length)}${ending}${suffix}`
}

function startingWithLetter(cleaned: string, key: string): string {
  if (cleaned === '') return key.trim() === '' ? 'property' : `p_${hash(key)}`
  return /^[A-Za-z]/.test(cleaned) ? cleaned : `p_${cleaned}`
}

function splitKey(key: string, kind: KeyKind): [part: string, suffix: string] {
  if (kind === 'text') return [key.replace(everySuffix, found => found.toLowerCase()), '']
  const hasSuffix = key.endsWith(kind) && key.length > kind.length
  return [hasSuffix ? key.slice(0, -kind.length) : key, kind]
}

function withPart(part: string, suffix: string): string {
  return part.padEnd(minLength, '_').slice(0, maxLength) + suffix
}
