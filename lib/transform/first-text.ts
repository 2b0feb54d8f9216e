import type { Note } from './call.ts'
import { noteNoText } from './note.ts'
import { own, textOf, type View } from './view.ts'

/** A key of a part of an event, and its path. */
export interface Place {
  path: string
  place: keyof View
  key: string
}

/** A text in an event, its path, and the value as it was given, which may be a number. */
export interface FoundText {
  path: string
  value: string
  given: unknown
}

/** The text in the first of these places that has one. Values of another kind before it are noted. */
export function firstText(view: View, places: readonly Place[], notes?: Note[]): FoundText | undefined {
  for (const { path, place, key } of places) {
    const given = own(view[place], key)
    if (given === undefined) continue
    const value = textOf(given)
    if (value !== undefined) return { path, value, given }
    // A property is still sent in `meta`, so it needs no note.
    if (notes !== undefined && place !== 'properties') noteNoText(notes, path, given)
  }
  return undefined
}
