import { rate } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { RateItem } from './rate-item.ts'

/** The stored item. Version 0: there is none yet. `item` is undefined also when it is not readable. */
export interface StoredRate {
  item: RateItem | undefined
  version: number
}

/** Where all containers keep the one item of the rate limit. */
export interface RateStore {
  /** Reads the item as it was last saved. Rejects when the store fails. */
  load(): Promise<StoredRate>
  /** Saves the item if the stored version is still `version`, else resolves to false. Rejects when the store fails. */
  save(item: RateItem, version: number): Promise<boolean>
}

/** Creates a store in memory, which several workers of one process may share. */
export function createMemoryRateStore(): RateStore {
  let stored: StoredRate = { item: undefined, version: 0 }
  return {
    load: async () => stored,
    async save(item, version) {
      if (version !== stored.version) return false
      stored = { item, version: version + 1 }
      return true
    },
  }
}

/**
 * The same store with a time-out: it rejects when it does not answer within `rate.storeTimeoutMs`. A save that came too
 * late stays saved, and the tokens that it took are not used.
 */
export function inTime(store: RateStore, clock: Clock): RateStore {
  const within = <T>(answer: Promise<T>): Promise<T> => {
    const late = clock.sleep(rate.storeTimeoutMs).then(() => Promise.reject(new Error('no answer in time')))
    return Promise.race([answer, late])
  }
  return { load: () => within(store.load()), save: (item, version) => within(store.save(item, version)) }
}
