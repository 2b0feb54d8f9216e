import { groupIdOf } from '../../../lib/queue/envelope.ts'
import type { Memory } from '../../local-relay/memory.ts'
import { holdsText } from './holds-text.ts'

/**
 * Returns the message groups of the people whom a search text may mean: by a whole user id, by the beginning of one, and,
 * if the text has an `@`, by the events that hold it. Each group once.
 */
export function findPeople({ bodies, people }: Memory, text: string, salt: string): string[] {
  const wanted = text.trim()
  if (wanted === '') return []
  const found = new Set([groupIdOf(wanted, salt), ...people.startingWith(wanted)])
  if (wanted.includes('@')) {
    const isHeld = holdsText(wanted)
    for (const { person, text } of bodies.texts()) if (person !== undefined && isHeld(text)) found.add(person)
  }
  return [...found]
}
