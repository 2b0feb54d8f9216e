import type { Note } from '../call.ts'
import { leaveOut, note } from '../note.ts'
import { freeName } from '../text/free-name.ts'
import type { Fields } from '../view.ts'
import { kindOfValue, ofKind, type Suffix, suffixOf } from './custom-kinds.ts'
import type { Fit } from './fits.ts'
import { limits } from './limits.ts'
import type { Json } from './types.ts'

/** A custom attribute: its key in the event, its fitted name and value, and the suffix of the name. */
interface Attribute {
  key: string
  name: string
  suffix: Suffix
  value: Json
}

/**
 * At most 100 custom attributes. Each name ends in a suffix, and its value is of the kind of that suffix. Names that
 * Kustomer accepts are unchanged. Then the others get theirs, in the order of the event.
 */
export const custom: Fit<Fields, Record<string, Json>> = (fields, path, notes) => {
  // A fitted name ends in a suffix, so none is `__proto__`: assigning is safe.
  const fitted: Record<string, Json> = {}
  const renamed: Attribute[] = []
  let count = 0
  for (const key of Object.keys(fields)) {
    const hasRoom = count < limits.customAttributes
    const attribute = hasRoom ? fitAttribute(key, fields[key], path, notes) : tooMany(key, path, notes)
    if (attribute === undefined) continue
    if (attribute.name === key) fitted[key] = attribute.value
    else renamed.push(attribute)
    count++
  }
  if (renamed.length > 0) addRenamed(fitted, renamed, path, notes)
  return count > 0 ? fitted : undefined
}

function fitAttribute(key: string, given: unknown, path: string, notes: Note[]): Attribute | undefined {
  const suffix = suffixOf(key)
  const fitted = suffix ? { suffix, value: ofKind(suffix, given) } : kindOfValue(given)
  if (fitted?.value === undefined) {
    const why = suffix ? `not a value for a name in ${suffix}` : 'not a value of a known kind'
    return leaveOut(notes, `${path}.${key}`, why)
  }
  const { value } = fitted
  if (value !== given) note(notes, `${path}.${key}`, 'converted', `to what a name in ${fitted.suffix} holds`)
  return { key, name: suffix ? key : key + fitted.suffix, suffix: fitted.suffix, value }
}

function addRenamed(
  fitted: Record<string, Json>,
  renamed: readonly Attribute[],
  path: string,
  notes: Note[],
): void {
  const lastNumbers = new Map<string, number>()
  for (const { key, name, suffix, value } of renamed) {
    const numbered = (n: number) => `${name.slice(0, -suffix.length)}_${n}${suffix}`
    const free = freeName(name, numbered, fitted, lastNumbers)
    note(notes, `${path}.${key}`, 'renamed', `to ${free}: a name ends in the kind of its value`)
    fitted[free] = value
  }
}

function tooMany(key: string, path: string, notes: Note[]): undefined {
  return leaveOut(notes, `${path}.${key}`, `Kustomer takes ${limits.customAttributes} attributes`)
}
