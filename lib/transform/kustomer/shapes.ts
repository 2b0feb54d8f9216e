import type { Note } from '../call.ts'
import { leaveOut, noteNoText } from '../note.ts'
import { setOwn } from '../set-own.ts'
import { type Fields, isFields, isPresent, kindOf, own, textOf } from '../view.ts'
import type { Json } from './types.ts'

/**
 * Reads the value of a source in the shape that the attribute has. Undefined: the value counts as absent, and the next
 * source is read. In a list undefined stands for a value that is not an item, so that notes can name an item by its place.
 */
export type Shape<Given> = (value: unknown, path: string, notes: Note[]) => Given | undefined

/** A text. A value of another kind counts as absent. */
export const text: Shape<string> = (value, path, notes) => textOf(value) ?? noteNoText(notes, path, value)

/** Any value that is present. */
export const anything: Shape<unknown> = value => (isPresent(value) ? value : undefined)

/** Any value that is present, but no empty list or object. */
export const anyContent: Shape<unknown> = value => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (Array.isArray(value)) return value.length > 0 ? value : undefined
  if (isFields(value)) return Object.keys(value).length > 0 ? value : undefined
  return isPresent(value) ? value : undefined
}

/** A list of texts; one text is a list of one. */
export const texts: Shape<(string | undefined)[]> = (value, path, notes) => {
  if (!Array.isArray(value)) {
    const only = text(value, path, notes)
    return only === undefined ? undefined : [only]
  }
  let hasText = false
  const items: (string | undefined)[] = []
  for (let index = 0; index < value.length; index++) {
    const text = textOf(value[index])
    if (text !== undefined) hasText = true
    else if (isPresent(value[index])) leaveOut(notes, `${path}.${index}`, 'not a text')
    items.push(text)
  }
  return hasText ? items : undefined
}

/** A list of texts; one text is a list of one. A value of another kind is unchanged. */
export const textsOrAny: Shape<unknown> = (value, path, notes) =>
  Array.isArray(value) || textOf(value) !== undefined
    ? texts(value, path, notes)
    : anyContent(value, path, notes)

/** A list of any values; one object is a list of one. */
export const list: Shape<unknown[]> = (value, path, notes) => {
  if (isFields(value)) return Object.keys(value).length > 0 ? [value] : undefined
  if (Array.isArray(value)) return value.length > 0 ? value : undefined
  return isPresent(value) ? leaveOut(notes, path, `a list is needed, not a ${kindOf(value)}`) : undefined
}

/** An object. */
export const object: Shape<Fields> = (value, path, notes) => {
  if (isFields(value)) return Object.keys(value).length > 0 ? value : undefined
  return isPresent(value) ? leaveOut(notes, path, `an object is needed, not a ${kindOf(value)}`) : undefined
}

/** A company: its name, or the text itself. */
export const company: Shape<string> = (value, path, notes) => {
  if (!isFields(value)) return text(value, path, notes)
  const name = textOf(own(value, 'name'))
  if (name !== undefined || !Object.values(value).some(isPresent)) return name
  return leaveOut(notes, path, 'a company has a name that is a text')
}

/** One URL as a list of one. */
export const urlList: Shape<{ url: string }[]> = (value, path, notes) => {
  const url = text(value, path, notes)
  return url === undefined ? undefined : [{ url }]
}

/**
 * What is sent without `advancedTransform`: a copy without null, blank and non-finite leaves, and without lists and
 * objects that are empty then.
 */
export function pruned(value: unknown): Json | undefined {
  switch (typeof value) {
    case 'string':
      return isPresent(value) ? value : undefined
    case 'number':
      return Number.isFinite(value) ? value : undefined
    case 'boolean':
      return value
    case 'object':
      return value === null
        ? undefined
        : Array.isArray(value)
          ? prunedList(value)
          : prunedFields(value as Fields)
    default:
      return undefined
  }
}

function prunedList(list: unknown[]): Json[] | undefined {
  const items: Json[] = []
  for (const item of list) {
    const kept = pruned(item)
    if (kept !== undefined) items.push(kept)
  }
  return items.length > 0 ? items : undefined
}

function prunedFields(fields: Fields): { [key: string]: Json } | undefined {
  const left: Record<string, Json> = {}
  let isEmpty = true
  for (const key of Object.keys(fields)) {
    const kept = pruned(fields[key])
    if (kept === undefined) continue
    setOwn(left, key, kept)
    isEmpty = false
  }
  return isEmpty ? undefined : left
}
