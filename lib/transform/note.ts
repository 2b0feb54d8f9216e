import type { Note } from './call.ts'

/** Adds a note: what was done to the value at `path` beyond renaming by the table, and why. */
export function note(notes: Note[], path: string, did: Note['did'], why: string): void {
  notes.push({ path, did, why })
}

/** Notes that something is left out; gives undefined, so that a converter can end with it. */
export function leaveOut(notes: Note[], path: string, why: string): undefined {
  notes.push({ path, did: 'left out', why })
}
