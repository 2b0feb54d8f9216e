import { LRUCache } from 'lru-cache'
import { externalIdIn } from './external-id-in.ts'
import type { Note } from './notes.ts'

/** The external ids of the people whose events were accepted, by message group. In memory only. */
export interface PersonIndex {
  note(note: Note): void
  externalIdOf(group: string | undefined): string | undefined
  /** Returns the groups of the people whose external id starts with a text. Letter case is ignored. */
  startingWith(text: string): string[]
}

const maxPeople = 5_000

/** Creates an empty index. It keeps the 5,000 people who were seen last. */
export function createPersonIndex(): PersonIndex {
  const ids = new LRUCache<string, string>({ max: maxPeople })
  return {
    note({ kind, message }) {
      if (kind !== 'accepted' || message.person === undefined || message.body === undefined) return
      const externalId = externalIdIn(message.body)
      if (externalId !== undefined) ids.set(message.person, externalId)
    },
    externalIdOf: group => (group === undefined ? undefined : ids.peek(group)),
    startingWith(text) {
      const wanted = text.toLowerCase()
      return [...ids.entries()].flatMap(([group, id]) => (id.toLowerCase().startsWith(wanted) ? group : []))
    },
  }
}
