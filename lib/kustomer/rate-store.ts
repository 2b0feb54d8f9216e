import { rate } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { RateItem } from './rate-item.ts'

/** The item as stored. Version 0: there is none yet. `item` is undefined as well where it cannot be read. */
export interface StoredRate {
  item: RateItem | undefined
  version: number
}

/** Where all containers keep the one item of the rate limit. */
export interface RateStore {
  /** Reads the item as it was last saved. Rejects where the store fails. */
  load(): Promise<StoredRate>
  /** Saves it if the stored version is still this one; else false. Rejects where the store fails. */
  save(item: RateItem, version: number): Promise<boolean>
}

/** A store in memory: several containers of one process may share it. */
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
 * The same store, except that it rejects where it does not answer within `rate.storeTimeoutMs`. What it saved too late
 * is saved all the same: tokens that were taken then stay unused.
 */
export function inTime(store: RateStore, clock: Clock): RateStore {
  const within = <T>(answer: Promise<T>): Promise<T> => {
    const late = clock.sleep(rate.storeTimeoutMs).then(() => Promise.reject(new Error('no answer in time')))
    return Promise.race([answer, late])
  }
  return { load: () => within(store.load()), save: (item, version) => within(store.save(item, version)) }
}
