import { LRUCache } from 'lru-cache'
import { personRecords as limits } from '../policy.ts'

/** What is remembered of a person: Kustomer's id and the addresses seen on the customer, in `addressKey`'s form. */
export interface PersonRecord {
  id: string
  addresses: ReadonlySet<string>
}

/**
 * What a worker remembers of people, by external id. It may hold only what is harmless when stale: an id that is gone
 * answers 404 and is forgotten, and no list is ever written from memory alone.
 */
export interface PersonRecords {
  get(externalId: string): PersonRecord | undefined
  /** Adds to what is known: the addresses of the same customer are united. */
  learn(externalId: string, id: string, addresses?: Iterable<string>): void
  forget(externalId: string): void
}

/** The person records in the container's memory: 10,000 people, each for an hour after it was last learnt. */
export function createPersonRecords(): PersonRecords {
  const people = new LRUCache<string, PersonRecord>({
    max: limits.maxPeople,
    ttl: limits.maxAgeSeconds * 1000,
  })
  return {
    get: externalId => people.get(externalId),
    learn(externalId, id, addresses = []) {
      const before = people.get(externalId)
      const kept = before?.id === id ? before.addresses : []
      people.set(externalId, { id, addresses: new Set([...kept, ...addresses]) })
    },
    forget: externalId => void people.delete(externalId),
  }
}
