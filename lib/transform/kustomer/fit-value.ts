import type { Note } from '../call.ts'
import { leaveOut, note } from '../note.ts'
import { toDateTime } from '../text/date-time.ts'
import type { KeyKind } from '../text/fit-key.ts'
import { toJson } from '../text/to-json.ts'

/** The value of a property as Kustomer accepts it, and its kind, which its key must end with. */
export interface Fitted {
  kind: KeyKind
  value: string | number
}

/**
 * The value of a property as a text, a number or a date-time. Booleans, lists (their items as JSON, joined by commas)
 * and objects become text. Undefined for null and for values that JSON does not have. Notes what it did.
 */
export function fitValue(given: unknown, key: string, notes: Note[]): Fitted | undefined {
  switch (typeof given) {
    case 'string':
      return fitText(given, key, notes)
    case 'number':
      if (Number.isFinite(given)) return { kind: 'Num', value: given }
      return leaveOut(notes, `properties.${key}`, 'not a number that JSON has')
    case 'boolean':
      note(notes, `properties.${key}`, 'converted', 'a boolean is sent as text')
      return { kind: 'text', value: given ? 'true' : 'false' }
    case 'object':
      return fitObject(given, key, notes)
    default:
      return leaveOut(notes, `properties.${key}`, 'not a value that JSON has')
  }
}

function fitText(given: string, key: string, notes: Note[]): Fitted {
  const at = toDateTime(given)
  if (at === undefined) return { kind: 'text', value: given }
  if (at !== given) note(notes, `properties.${key}`, 'converted', 'a date is sent as a date-time in UTC')
  return { kind: 'At', value: at }
}

function fitObject(given: object | null, key: string, notes: Note[]): Fitted | undefined {
  if (given === null) return leaveOut(notes, `properties.${key}`, 'null')
  const isList = Array.isArray(given)
  note(
    notes,
    `properties.${key}`,
    'converted',
    isList ? 'a list is sent as text' : 'an object is sent as JSON',
  )
  const json = toJson(given)
  return { kind: 'text', value: isList ? json.slice(1, -1) : json }
}
