import type { Note } from '../call.ts'
import { isFields, type View } from '../view.ts'
import type { Row } from './rows.ts'
import { pruned } from './shapes.ts'
import type { Values } from './sources.ts'
import { withoutVerified } from './without-verified.ts'

/** What an identify's rows are read from, and how. `notes` takes what is done beyond renaming. */
export interface Reading {
  values: Values
  view: View
  isFitting: boolean
  acceptsVerified: boolean
  notes: Note[]
}

/**
 * The attribute that a row gives: its first source that has the row's shape, fitted to Kustomer's schema, or without its
 * blank leaves where nothing is fitted. Undefined: the customer does not get the attribute.
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
    const told = notes.length
    const shaped = acceptsVerified ? read : withoutVerified(row.to, read, path, notes)
    // `row()` has seen to it that the fit takes what the shape gives.
    const sent = isFitting ? row.fit(shaped as never, path, notes) : pruned(shaped)
    if (notes.length > told && notes[told]?.path !== path && !Array.isArray(value))
      notesOfOne(notes, told, path, value)
    if (sent !== undefined || !row.fallsThrough) return sent
  }
  return undefined
}

/**
 * A source that is no list was read as a list of one: the notes from `start` on are about the source itself. For a text
 * the first of them says enough.
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
