import type { Memory } from '../../local-relay/memory.ts'
import { holdsText } from './holds-text.ts'

/** Shorter texts are in too many events. */
const minLength = 3

/** Returns the keys of the events whose body holds a text, in any case: an order's number, a name, an amount. */
export function findEvents({ ledger, bodies }: Memory, text: string): string[] {
  if (text.trim().length < minLength) return []
  const isHeld = holdsText(text)
  return ledger
    .traces()
    .filter(({ eventId, event }) => isHeld(bodies.text(eventId, event) ?? ''))
    .map(({ key }) => key)
}
