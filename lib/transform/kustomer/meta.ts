import type { Note } from '../call.ts'
import { toDateTime } from '../coerce/date-time.ts'
import { fitKey, type KeyKind, numberedKey } from '../coerce/fit-key.ts'
import { cleanKey } from '../coerce/fit-name.ts'
import type { Settings } from '../settings.ts'
import type { Fields } from '../view.ts'
import type { Json, Meta } from './types.ts'

/** A property made ready: under which key Kustomer takes its value. */
interface Fitted {
  key: string
  fitted: string
  kind: KeyKind
  value: string | number
}

/** Properties that are no properties of the event but say to what it belongs. */
const linkKeys: ReadonlySet<string> = new Set([
  'kustomerSessionId',
  'kustomer_session_id',
  'kustomerTrackingId',
  'kustomer_tracking_id',
])
const maxKeys = 100

/**
 * The `meta` of an event, or undefined where it would be empty. `stamps` are added where no property has their key.
 * With `advancedTransform` keys and values are fitted to Kustomer's patterns, without it they go as they are.
 */
export function metaOf(properties: Fields, stamps: [string, string][], settings: Settings, notes: Note[]) {
  const entries = Object.entries(properties).filter(([key]) => isWanted(key, settings, notes))
  const meta = settings.advancedTransform ? fittedMeta(entries, stamps, notes) : plainMeta(entries, stamps)
  return meta.length > 0 ? (Object.fromEntries(meta) as Meta) : undefined
}

function isWanted(key: string, settings: Settings, notes: Note[]): boolean {
  if (linkKeys.has(key)) return false
  if (!settings.disableEmailAsTrackingProperty) return true
  const isEmail = key.toLowerCase() === 'email' || cleanKey(key).toLowerCase() === 'email'
  if (isEmail) note(notes, key, 'left out', 'disableEmailAsTrackingProperty is on')
  return !isEmail
}

function plainMeta(entries: [string, unknown][], stamps: [string, string][]): [string, Json][] {
  const plain = entries.filter(([, value]) => value !== undefined) as [string, Json][]
  return [...plain, ...stamps.filter(([stamp]) => !plain.some(([key]) => key === stamp))]
}

function fittedMeta(
  entries: [string, unknown][],
  stamps: [string, string][],
  notes: Note[],
): [string, Json][] {
  const all: Fitted[] = []
  for (const [key, raw] of entries) {
    const value = fitValue(raw)
    if (!value) {
      note(notes, key, 'left out', raw === null ? 'null' : 'no value that can be sent')
      continue
    }
    if (value.why) note(notes, key, 'converted', value.why)
    all.push({ key, fitted: fitKey(key, value.kind), ...value })
  }
  const taken = new Set(all.map(({ fitted }) => fitted))
  const added = stamps.filter(([key]) => !taken.has(key))
  const kept = all.slice(0, maxKeys - added.length)
  for (const { key } of all.slice(kept.length)) note(notes, key, 'left out', `Kustomer takes ${maxKeys} keys`)
  const named = withoutCollisions(kept)
  for (const [index, { key, kind }] of kept.entries()) noteName(notes, key, named[index] ?? '', kind)
  return [...kept.map(({ value }, index): [string, Json] => [named[index] ?? '', value]), ...added]
}

/** Keys that nothing had to be done to keep their name; any other that meets a taken one is numbered. */
export function withoutCollisions(entries: { key: string; fitted: string; kind: KeyKind }[]): string[] {
  const taken = new Set(entries.filter(({ key, fitted }) => key === fitted).map(({ fitted }) => fitted))
  return entries.map(({ key, fitted, kind }) => {
    if (key === fitted) return key
    let name = fitted
    for (let n = 2; taken.has(name); n++) name = numberedKey(fitted, kind, n)
    taken.add(name)
    return name
  })
}

function fitValue(value: unknown): { value: string | number; kind: KeyKind; why?: string } | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? { value, kind: 'Num' } : undefined
    case 'string':
      return fitText(value)
    case 'boolean':
      return { value: String(value), kind: 'text', why: 'a boolean is sent as text' }
    case 'object':
      if (value === null) return undefined
      return Array.isArray(value)
        ? { value: value.map(toJson).join(','), kind: 'text', why: 'a list is sent as text' }
        : { value: toJson(value), kind: 'text', why: 'an object is sent as JSON' }
    default:
      return undefined
  }
}

function fitText(text: string): { value: string; kind: KeyKind; why?: string } {
  const dateTime = toDateTime(text)
  if (dateTime === undefined) return { value: text, kind: 'text' }
  return { value: dateTime, kind: 'At', ...(dateTime !== text && { why: 'a date is written in UTC' }) }
}

function toJson(value: unknown): string {
  return JSON.stringify(value) ?? 'null'
}

const endings = {
  Num: 'a number’s key ends in Num',
  At: 'a date’s key ends in At',
  text: 'a text’s key has no Num or At',
}

function noteName(notes: Note[], key: string, name: string, kind: KeyKind) {
  if (name !== key) note(notes, key, 'renamed', `to ${name}: Kustomer’s characters; ${endings[kind]}`)
}

function note(notes: Note[], key: string, did: Note['did'], why: string) {
  notes.push({ path: `properties.${key}`, did, why })
}
