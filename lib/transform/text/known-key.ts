import { fitKey, type KeyKind } from './fit-key.ts'

/** A fitted key, with the path and the reason for its note. */
export interface KnownKey {
  name: string
  path: string
  why: string
}

/** Keys kept for each kind. A source of events uses some hundreds of them again and again. */
const maxKeys = 2_000
/** UTF-16 units. Longer keys are not kept: they are unlikely to come again. */
const maxLength = 64

const known: Record<KeyKind, Map<string, KnownKey>> = { Num: new Map(), At: new Map(), text: new Map() }

const whys = {
  Num: 'the key of a number ends in Num',
  At: 'the key of a date ends in At',
  text: 'the characters that Kustomer takes, and no Num or At',
}

/**
 * `fitKey` with a bounded memory: the same key and kind always give the same name. V8 sets a property several times
 * faster when its name is a string that was a property name before, so the remembered string is used.
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

/** The same text as the string that V8 keeps for property names: setting a property by it needs no search. */
function asPropertyName(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text
}
