import type { Note } from '../call.ts'
import { isFields, type View } from '../view.ts'
import type { Row } from './rows.ts'
import { pruned } from './shapes.ts'
import type { Values } from './sources.ts'
import { withoutVerified } from './without-verified.ts'

/** What the rows read, and how. `notes` collects what is done beyond renaming. */
export interface Reading {
  values: Values
  view: View
  isFitting: boolean
  acceptsVerified: boolean
  notes: Note[]
}

/**
 * The attribute that a row gives: the first source that has the row's shape, fitted to Kustomer's schema if `isFitting`,
 * else without its blank leaves. Undefined: the customer does not get the attribute.
 */
export function readAttribute(row: Row, reading: Reading): unknown {
  const { values, view, isFitting, acceptsVerified, notes } = reading
  for (const source of row.sources) {
    const found = source.read === undefined ? undefined : source.read(values, view, notes)
    const value = source.read === undefined ? values[source.part]?.[source.slot] : found?.value
    if (value === undefined) continue
    const path = found === undefined ? source.path : found.path
    const read = (isFitting ? row.as : row.unfitted)(value, path, notes)
    if (read === undefined) continue
    const start = notes.length
    const shaped = acceptsVerified ? read : withoutVerified(row.to, read, path, notes)
    // The types of `row` ensure that the fit takes what the shape returns.
    const sent = isFitting ? row.fit(shaped as never, path, notes) : pruned(shaped)
    if (notes.length > start && notes[start]?.path !== path && !Array.isArray(value))
      notesOfOne(notes, start, path, value)
    if (sent !== undefined || !row.fallsThrough) return sent
  }
  return undefined
}

/**
 * Moves the notes from `start` on from the item to its source, which is not a list and was read as a list of one. Of the
 * notes on a text only the first is kept.
 */
function notesOfOne(notes: Note[], start: number, path: string, source: unknown): void {
  const item = `${path}.0`
  if (!isFields(source)) notes.length = start + 1
  for (let i = start; i < notes.length; i++) {
    const each = notes[i]
    if (each?.path.startsWith(item))
      notes[i] = { ...each, path: isFields(source) ? path + each.path.slice(item.length) : path }
  }
}
