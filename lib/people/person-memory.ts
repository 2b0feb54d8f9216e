import { LRUCache } from 'lru-cache'
import { personRecords as limits } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Person } from './person.ts'

/** What a container knows about a person's record. */
export interface KnownPerson {
  person: Person
  /** The version in the store (0: none), as far as it is known. */
  version: number
  /** The person as the store has it (`textOf`); the person differs from it while a change is not saved. */
  savedText: string
  /** When the record in the store expires (epoch milliseconds); absent: not known. */
  expiresAtMs?: number
}

/** A container's memory of people between invocations, by message group id. It stores and returns copies. */
export interface PersonMemory {
  get(groupId: string): KnownPerson | undefined
  set(groupId: string, known: KnownPerson): void
  delete(groupId: string): void
}

/** Creates a memory of the 10,000 people used most recently, each for an hour after it was last set. */
export function createPersonMemory(clock: Pick<Clock, 'now'>): PersonMemory {
  const people = new LRUCache<string, KnownPerson & { setAtMs: number }>({ max: limits.maxPeople })
  return {
    get(groupId) {
      const found = people.get(groupId)
      if (!found || clock.now() - found.setAtMs >= limits.maxAgeSeconds * 1_000) return undefined
      const { setAtMs, ...known } = found
      return structuredClone(known)
    },
    set: (groupId, known) => void people.set(groupId, { ...structuredClone(known), setAtMs: clock.now() }),
    delete: groupId => void people.delete(groupId),
  }
}
