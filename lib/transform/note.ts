import type { Note } from './call.ts'
import { isPresent, kindOf } from './view.ts'

/** Adds a note: what was done to the value at `path` beyond renaming by the table, and why. */
export function note(notes: Note[], path: string, did: Note['did'], why: string): void {
  notes.push({ path, did, why })
}

/** Notes that what is present at `path` is left out since it is no text; what is absent needs no note. */
export function noteNoText(notes: Note[], path: string, value: unknown): undefined {
  if (isPresent(value)) leaveOut(notes, path, `a text is needed, not a ${kindOf(value)}`)
}

/** Notes that what is present at `path` is left out since it is no id; what is absent needs no note. */
export function noteNoId(notes: Note[], path: string, value: unknown): undefined {
  if (isPresent(value))
    leaveOut(notes, path, 'an id is a text of at most 256 characters, or a number up to 2^53 - 1')
}

/** Notes that something is left out; gives undefined, so that a converter can end with it. */
export function leaveOut(notes: Note[], path: string, why: string): undefined {
  notes.push({ path, did: 'left out', why })
}
