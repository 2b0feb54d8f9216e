import type { Note } from '../call.ts'
import { leaveOut, note } from '../note.ts'
import { isFields, isPresent, own, textOf } from '../view.ts'
import type { Fit } from './fits.ts'
import { limits } from './limits.ts'
import type { Json } from './types.ts'

/** One key of an item of a list: how its value is fitted, and whether an item without it is left out. */
export interface ItemKey {
  key: string
  isRequired: boolean
  fit: Fit<unknown, Json>
}

/**
 * A list of at most ten items with the documented keys only, since Kustomer's schemas are closed. A bad optional key is
 * left out; for a bad required key the item is left out. `Item` is the type of an item.
 */
export function items<Item>(keys: readonly ItemKey[]): Fit<unknown[], Item[]> {
  const names = keys.map(({ key }) => key)
  return (given, path, notes) => {
    const fitted: Item[] = []
    for (let index = 0; index < given.length; index++) {
      if (!isPresent(given[index])) continue
      const at = `${path}.${index}`
      if (fitted.length === limits.listItems) {
        leaveOut(notes, at, `Kustomer takes ${limits.listItems} items`)
        continue
      }
      const item = fitItem(given[index], keys, at, notes)
      if (item === undefined) continue
      noteUnknownKeys(given[index], names, at, notes)
      fitted.push(item as Item)
    }
    return fitted.length > 0 ? fitted : undefined
  }
}

/** A required key of an item. */
export function required(key: string, fit: Fit<unknown, Json>): ItemKey {
  return { key, fit, isRequired: true }
}

/** An optional key of an item. */
export function optional(key: string, fit: Fit<unknown, Json>): ItemKey {
  return { key, fit, isRequired: false }
}

/** Applies a converter of texts to a value in an item. A value of another kind is left out. */
export function textIn(fit: Fit<string, string>): Fit<unknown, string> {
  return (value, path, notes) => {
    const text = textOf(value)
    return text === undefined ? leaveOut(notes, path, 'not a text') : fit(text, path, notes)
  }
}

/**
 * One of these words, trimmed and in lower case. Any other becomes `other` if that is one of them, else it is left
 * out.
 */
export function oneOf(...words: string[]): Fit<unknown, string> {
  const other = words.find(word => word === 'other')
  return (value, path, notes) => {
    if (words.includes(value as string)) return value as string
    const given = textOf(value)?.trim().toLowerCase() ?? ''
    const word = words.includes(given) ? given : other
    if (word === undefined) return leaveOut(notes, path, `none of ${words.join(', ')}`)
    note(notes, path, 'converted', `to ${word}`)
    return word
  }
}

function fitItem(given: unknown, keys: readonly ItemKey[], path: string, notes: Note[]) {
  if (!isFields(given)) return leaveOut(notes, path, 'not an object')
  const item: Record<string, Json> = {}
  for (const { key, isRequired, fit } of keys) {
    const value = own(given, key)
    const fitted = isPresent(value) ? fit(value, `${path}.${key}`, notes) : undefined
    if (fitted !== undefined) item[key] = fitted
    else if (isRequired) return leaveOut(notes, path, `Kustomer takes no such item without its ${key}`)
  }
  return item
}

function noteUnknownKeys(item: unknown, names: readonly string[], path: string, notes: Note[]): void {
  for (const key of Object.keys(item as object))
    if (!names.includes(key)) leaveOut(notes, `${path}.${key}`, 'Kustomer does not know this key')
}
