import { LRUCache } from 'lru-cache'
import { openEnvelope } from '../../lib/queue/envelope.ts'
import type { Note } from './notes.ts'

/** An event as it was accepted. `receivedAt` is ISO 8601. */
export interface AcceptedEvent {
  event: unknown
  receivedAt?: string
}

/** The two bodies of a request to Kustomer; missing where there is none or it is no longer kept. */
export interface Exchange {
  sent?: unknown
  received?: unknown
}

/**
 * The bodies of events, and of the requests to Kustomer and their answers. They hold personal data, so they are only in
 * this memory: never in a list, a log, a file or a dead letter.
 */
export interface Bodies {
  /** Keeps the bodies of a note. Returns the note without them. */
  keep(note: Note): Note
  event(eventId: string, label: string): AcceptedEvent | undefined
  /** Returns an event as the JSON text of its message; undefined if it is not kept. */
  text(eventId: string, label: string): string | undefined
  exchange(callId: string | undefined): Exchange
  /** Returns the texts of the kept events, with the person of each. */
  texts(): Iterable<{ person?: string | undefined; text: string }>
}

/** Bytes of all kept bodies together, and of one body. Above it the oldest, or the one, are dropped. */
const [maxBytes, maxBodyBytes] = [48_000_000, 300_000]

interface Kept {
  text: string
  person?: string | undefined
}

/** Creates an empty store. It keeps the newest bodies, 48 MB at most. */
export function createBodies(): Bodies {
  const half = { maxSize: maxBytes / 2, maxEntrySize: maxBodyBytes }
  const events = new LRUCache<string, Kept>({ ...half, sizeCalculation: kept => kept.text.length + 1 })
  const exchanges = new LRUCache<string, Kept>({ ...half, sizeCalculation: kept => kept.text.length + 1 })
  let calls = 0
  return {
    keep(note) {
      if (note.kind === 'accepted') {
        const { body, ...message } = note.message
        if (body !== undefined) events.set(keyOf(message), { text: body, person: message.person })
        return { kind: note.kind, message }
      }
      if (note.kind !== 'call') return note
      const { sent, received, ...message } = note.message
      const callId = String(++calls)
      exchanges.set(callId, { text: JSON.stringify({ sent, received }) })
      return { kind: note.kind, message: { ...message, callId } }
    },
    event(eventId, event) {
      const kept = events.peek(keyOf({ eventId, event }))
      const opened = kept && openEnvelope(kept.text)
      if (opened?.kind !== 'envelope') return undefined
      return { event: opened.envelope.event, receivedAt: opened.envelope.receivedAt }
    },
    text: (eventId, event) => events.peek(keyOf({ eventId, event }))?.text,
    exchange(callId = '') {
      const kept = exchanges.peek(callId)
      return kept ? (JSON.parse(kept.text) as Exchange) : {}
    },
    texts: () => events.values(),
  }
}

function keyOf({ eventId, event }: { eventId: string; event: string }) {
  return JSON.stringify([eventId.slice(0, 128), event])
}
