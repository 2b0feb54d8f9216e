import type { Memory } from '../../local-relay/memory.ts'

/** Shorter texts are in too many events. */
const minLength = 3

/** Returns the keys of the events whose body holds a text, in any case: an order's number, a name, an amount. */
export function findEvents({ ledger, bodies }: Memory, text: string): string[] {
  const wanted = text.trim()
  if (wanted.length < minLength) return []
  const quoted = JSON.stringify(wanted.toLowerCase()).slice(1, -1)
  return ledger
    .traces()
    .filter(({ eventId, event }) => bodies.text(eventId, event)?.toLowerCase().includes(quoted))
    .map(({ key }) => key)
}
