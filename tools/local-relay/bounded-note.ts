import type { Note } from './notes.ts'

/** Characters of a text that are kept: a path with an encoded id of 256 characters is shorter. */
const maxText = 4_096

/**
 * Returns a note whose texts have at most 4,096 characters. A sender chooses the `messageId` of an event, up to the size
 * of the event, and the relay keeps the notes of the latest events in memory.
 */
export function boundedNote({ kind, message }: Note): Note {
  const entries = Object.entries(message).map(([name, value]) => [name, bounded(value)])
  return { kind, message: Object.fromEntries(entries) } as Note
}

function bounded(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= maxText) return value
  // A copy by way of bytes: a slice would keep the whole text in memory.
  return Buffer.from(value.slice(0, maxText), 'utf16le').toString('utf16le')
}
