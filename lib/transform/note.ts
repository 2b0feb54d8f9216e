import type { Note } from './call.ts'
import { isPresent, kindOf } from './view.ts'

/** Adds a note: what was done to the value at `path` beyond renaming by the table, and why. */
export function note(notes: Note[], path: string, did: Note['did'], why: string): void {
  notes.push({ path, did, why })
}

/** Notes that the value at `path` is left out because it is not a text. A value that is absent is not noted. */
export function noteNoText(notes: Note[], path: string, value: unknown): undefined {
  if (isPresent(value)) leaveOut(notes, path, `a text is needed, not a ${kindOf(value)}`)
}

/** Notes that the value at `path` is left out because it is not an id. A value that is absent is not noted. */
export function noteNoId(notes: Note[], path: string, value: unknown): undefined {
  if (isPresent(value))
    leaveOut(notes, path, 'an id is a text of at most 256 characters, or a number up to 2^53 - 1')
}

/** Notes that the value at `path` is left out. Returns undefined, so that a converter can end with it. */
export function leaveOut(notes: Note[], path: string, why: string): undefined {
  notes.push({ path, did: 'left out', why })
}
