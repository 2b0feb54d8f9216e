import type { Note } from '../call.ts'
import { leaveOut, note } from '../note.ts'
import { type Fields, own } from '../view.ts'
import { kindOfValue, ofKind, type Suffix, suffixOf } from './custom-kinds.ts'
import type { Fit } from './fits.ts'
import { limits } from './limits.ts'
import type { Json } from './types.ts'

/** An attribute under the name and with the value that Kustomer takes. */
interface Attribute {
  name: string
  suffix: Suffix
  value: Json
}

/** Custom attributes whose names end in the kind of their value, and whose values are of the kind that their name says. */
export const custom: Fit<Fields, Record<string, Json>> = (fields, path, notes) => {
  // A fitted name ends in a suffix, so none is `__proto__`: assigning is safe.
  const fitted: Record<string, Json> = {}
  let count = 0
  for (const key of Object.keys(fields)) {
    if (count === limits.customAttributes) {
      leaveOut(notes, `${path}.${key}`, `Kustomer takes ${limits.customAttributes} attributes`)
      continue
    }
    const attribute = fitAttribute(key, fields[key], path, notes)
    if (attribute === undefined) continue
    fitted[freeName(key, attribute, fields, fitted, path, notes)] = attribute.value
    count++
  }
  return count > 0 ? fitted : undefined
}

function fitAttribute(key: string, given: unknown, path: string, notes: Note[]): Attribute | undefined {
  const suffix = suffixOf(key)
  const fitted = suffix ? { suffix, value: ofKind(suffix, given) } : kindOfValue(given)
  if (fitted?.value === undefined)
    return leaveOut(
      notes,
      `${path}.${key}`,
      suffix ? `not what a name in ${suffix} holds` : 'no value of a kind',
    )
  const { value } = fitted
  if (value !== given) note(notes, `${path}.${key}`, 'converted', `to what a name in ${fitted.suffix} holds`)
  return { name: suffix ? key : key + fitted.suffix, suffix: fitted.suffix, value }
}

/** The attribute's name, numbered before its suffix where another has it. A name that the sender spelt so stays. */
function freeName(
  key: string,
  { name, suffix }: Attribute,
  fields: Fields,
  fitted: Record<string, Json>,
  path: string,
  notes: Note[],
): string {
  if (name === key) return name
  const isTaken = (each: string) => Object.hasOwn(fitted, each) || isSentAsIs(each, fields)
  let free = name
  for (let n = 2; isTaken(free); n++) free = `${name.slice(0, -suffix.length)}_${n}${suffix}`
  note(notes, `${path}.${key}`, 'renamed', `to ${free}: a name ends in the kind of its value`)
  return free
}

function isSentAsIs(name: string, fields: Fields): boolean {
  const value = own(fields, name)
  const suffix = value === undefined ? undefined : suffixOf(name)
  return suffix !== undefined && ofKind(suffix, value) !== undefined
}
