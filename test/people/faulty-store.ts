import type { PeopleStore } from '../../lib/people/person.ts'

/**
 * The fault of the next request: refused before it is done, done without an answer, done and then refused (as by
 * the SDK's second try of a write whose answer was lost), or never finished.
 */
export type Fault = 'fails' | 'loses the answer' | 'repeats' | 'hangs'

/** A store whose next requests have the faults in the order of `faults`; undefined is a request without a fault. */
export interface FaultyStore extends PeopleStore {
  faults: (Fault | undefined)[]
  /** Requests so far. */
  asked: { load: number; save: number }
}

/** Wraps a store, so that its requests can have faults. */
export function faultyStore(store: PeopleStore): FaultyStore {
  const faults: (Fault | undefined)[] = []
  const asked = { load: 0, save: 0 }
  const through = async <T>(request: () => Promise<T>): Promise<T> => {
    const fault = faults.shift()
    if (fault === 'fails') throw new Error('the table fails')
    if (fault === 'hangs') return new Promise(() => undefined)
    const answer = await request()
    if (fault === 'loses the answer') throw new Error('the answer is lost')
    return fault === 'repeats' ? request() : answer
  }
  return {
    faults,
    asked,
    load: async groupIds => {
      asked.load++
      return through(() => store.load(groupIds))
    },
    save: async (groupId, person, version) => {
      asked.save++
      return through(() => store.save(groupId, person, version))
    },
  }
}
