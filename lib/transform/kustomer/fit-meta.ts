import type { Note } from '../call.ts'
import { leaveOut, note } from '../note.ts'
import { roomyObject } from '../roomy-object.ts'
import { fitKey, type KeyKind, numberedKey } from '../text/fit-key.ts'
import { type KnownKey, knownKey, renamedTo } from '../text/known-key.ts'
import { type Fields, own } from '../view.ts'
import { fitValue } from './fit-value.ts'
import { limits } from './limits.ts'
import type { Stamp } from './meta.ts'
import type { Meta } from './types.ts'

/** Whether a property is no part of `meta`. */
export type IsUnwanted = (key: string, notes: Note[]) => boolean

/**
 * The properties as Kustomer's schema takes them: at most 100, in which each stamp has its place. A property with a
 * stamp's key has that place instead. Undefined where nothing is left. A fitted key starts with a letter, so none is
 * `__proto__`, and assigning is safe.
 */
export function fitMeta(
  properties: Fields,
  isUnwanted: IsUnwanted,
  stamps: readonly Stamp[],
  notes: Note[],
): Meta | undefined {
  const meta = roomyObject<Meta>() as Meta
  let count = 0
  for (const key of Object.keys(properties)) {
    if (isUnwanted(key, notes)) continue
    const isLate = count + stamps.length === limits.metaKeys
    if (isLate && !mayBeStamp(key, stamps, notes)) continue
    const fitted = fitValue(properties[key], key, notes)
    if (fitted === undefined) continue
    const wanted = knownKey(key, fitted.kind)
    const name = freeName(key, wanted, fitted.kind, meta, properties, isUnwanted)
    const isStamps = stamps.length > 0 && stamps.some(stamp => stamp.key === name)
    if (isLate && !isStamps) tooMany(key, notes)
    else {
      if (name !== key) noteName(name, wanted, fitted.kind, notes)
      meta[name] = fitted.value
      if (!isStamps) count++
    }
  }
  return stamps.length > 0 ? stamped(meta, stamps) : count > 0 ? meta : undefined
}

function stamped(meta: Meta, stamps: readonly Stamp[]): Meta {
  for (const { key, value } of stamps) if (!Object.hasOwn(meta, key)) meta[key] = value
  return meta
}

function noteName(name: string, wanted: KnownKey, kind: KeyKind, notes: Note[]): void {
  note(notes, wanted.path, 'renamed', name === wanted.name ? wanted.why : renamedTo(name, kind))
}

function tooMany(key: string, notes: Note[]): void {
  leaveOut(notes, `properties.${key}`, `Kustomer takes ${limits.metaKeys} keys`)
}

/** Whether a property beyond the hundredth could still have a stamp's place. */
function mayBeStamp(key: string, stamps: readonly Stamp[], notes: Note[]): boolean {
  const may = stamps.some(stamp => fitKey(key, 'text') === stamp.key || fitKey(key, 'At') === stamp.key)
  if (!may) tooMany(key, notes)
  return may
}

/** The fitted key; numbered where another has it. One that the sender spelt so keeps its name, wherever it stands. */
function freeName(
  key: string,
  wanted: KnownKey,
  kind: KeyKind,
  meta: Meta,
  properties: Fields,
  isUnwanted: IsUnwanted,
): string {
  let { name } = wanted
  if (name === key) return key
  for (let n = 2; own(meta, name) !== undefined || isSentAsIs(name, properties, isUnwanted); n++)
    name = numberedKey(wanted.name, kind, n)
  return name
}

function isSentAsIs(name: string, properties: Fields, isUnwanted: IsUnwanted): boolean {
  const given = own(properties, name)
  if (given === undefined || isUnwanted(name, [])) return false
  const fitted = fitValue(given, name, [])
  return fitted !== undefined && fitKey(name, fitted.kind) === name
}
