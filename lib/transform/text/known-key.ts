import { fitKey, type KeyKind } from './fit-key.ts'

/** A fitted key, with the texts of the note that tells of it. */
export interface KnownKey {
  name: string
  path: string
  why: string
}

/** Keys kept for each kind: a source of events uses some hundreds, again and again. */
const maxKeys = 2_000
/** UTF-16 units of a key that is kept: longer ones are no names that come again. */
const maxLength = 64

const known: Record<KeyKind, Map<string, KnownKey>> = { Num: new Map(), At: new Map(), text: new Map() }

const whys = {
  Num: 'the key of a number ends in Num',
  At: 'the key of a date ends in At',
  text: 'the characters that Kustomer takes, and no Num or At',
}

/**
 * `fitKey`, remembering what it gave: the same key and kind always give the same name, and a text that was a property's
 * name before is several times as quick as one as a new text. Bounded; what it has forgotten it works out again.
 */
export function knownKey(key: string, kind: KeyKind): KnownKey {
  const keys = known[kind]
  const found = keys.get(key)
  if (found !== undefined) return found
  const name = asPropertyName(fitKey(key, kind))
  const fitted = { name, path: `properties.${key}`, why: renamedTo(name, kind) }
  if (key.length > maxLength) return fitted
  if (keys.size === maxKeys) keys.clear()
  keys.set(key, fitted)
  return fitted
}

/** Why a key is sent as `name`. */
export function renamedTo(name: string, kind: KeyKind): string {
  return `to ${name}: ${whys[kind]}`
}

/** The same text as the engine keeps it for a property's name, so that each use as one spares it the search. */
function asPropertyName(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text
}
