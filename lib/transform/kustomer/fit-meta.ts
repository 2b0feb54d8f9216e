import type { Note } from '../call.ts'
import { leaveOut, note } from '../note.ts'
import { roomyObject } from '../roomy-object.ts'
import { numberedKey } from '../text/fit-key.ts'
import { cleanKey } from '../text/fit-name.ts'
import { freeName } from '../text/free-name.ts'
import { type KnownKey, knownKey, renamedTo } from '../text/known-key.ts'
import type { Fields } from '../view.ts'
import { type Fitted, fitValue } from './fit-value.ts'
import { limits } from './limits.ts'
import { isEmail, isLink } from './properties.ts'
import type { Meta } from './types.ts'

/** A key and value that are added to the properties of an event, unless a property has the key. */
export interface Stamp {
  key: string
  value: string
}

/** A property whose own key Kustomer does not accept: its fitted key and value. */
interface Renamed {
  wanted: KnownKey
  fitted: Fitted
}

/** How many more properties may be sent, and the stamps' keys that no property has taken. */
interface Room {
  left: number
  stampKeys: Set<string> | undefined
}

/**
 * The properties as Kustomer's schema accepts them: at most 100, stamps included, which keep their places. Undefined if
 * nothing is left. Keys that Kustomer accepts keep their names. Then the others get theirs, in the order of the event. A
 * property whose fitted key is that of a stamp takes the place of the stamp.
 */
export function fitMeta(
  properties: Fields,
  dropsEmail: boolean,
  stamps: readonly Stamp[],
  notes: Note[],
): Meta | undefined {
  // A fitted key starts with a letter, so none is `__proto__`, and assigning is safe.
  const meta = roomyObject<Meta>() as Meta
  const renamed: Renamed[] = []
  const room = roomBeside(stamps)
  let isEmpty = stamps.length === 0
  for (const key of Object.keys(properties)) {
    if (isLink(key)) continue
    if (!mayHaveRoom(key, room)) {
      tooMany(key, notes)
      continue
    }
    const fitted = dropsEmail && isEmail(key, notes) ? undefined : fitValue(properties[key], key, notes)
    if (fitted === undefined) continue
    isEmpty = false
    const wanted = knownKey(key, fitted.kind)
    if (!takeRoom(wanted.name, room)) tooMany(key, notes)
    else if (key === wanted.name) meta[key] = fitted.value
    else renamed.push({ wanted, fitted })
  }
  if (renamed.length > 0) addRenamed(meta, renamed, notes)
  for (const { key, value } of stamps) if (!Object.hasOwn(meta, key)) meta[key] = value
  return isEmpty ? undefined : meta
}

function addRenamed(meta: Meta, renamed: readonly Renamed[], notes: Note[]): void {
  const lastNumbers = new Map<string, number>()
  for (const { wanted, fitted } of renamed) {
    const numbered = (n: number) => numberedKey(wanted.name, fitted.kind, n)
    const name = freeName(wanted.name, numbered, meta, lastNumbers)
    note(notes, wanted.path, 'renamed', name === wanted.name ? wanted.why : renamedTo(name, fitted.kind))
    meta[name] = fitted.value
  }
}

function roomBeside(stamps: readonly Stamp[]): Room {
  const stampKeys = stamps.length > 0 ? new Set(stamps.map(({ key }) => key)) : undefined
  return { left: limits.metaKeys - stamps.length, stampKeys }
}

/** Whether a property could be sent: there is room, or its key could be fitted to that of a stamp. */
function mayHaveRoom(key: string, { left, stampKeys }: Room): boolean {
  if (left > 0 || stampKeys === undefined || stampKeys.size === 0) return left > 0
  const cleaned = cleanKey(key)
  return stampKeys.has(cleaned) || stampKeys.has(`${cleaned}At`)
}

function takeRoom(name: string, room: Room): boolean {
  if (room.stampKeys?.delete(name)) return true
  if (room.left === 0) return false
  room.left--
  return true
}

function tooMany(key: string, notes: Note[]): undefined {
  return leaveOut(notes, `properties.${key}`, `Kustomer takes ${limits.metaKeys} keys`)
}
