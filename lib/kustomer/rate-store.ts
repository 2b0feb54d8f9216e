import { rate } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { RateItem } from './rate-item.ts'

/** The stored item. Version 0: there is none yet. `item` is undefined also when it is not readable. */
export interface StoredRate {
  item: RateItem | undefined
  version: number
}

/** What a writer that has not read the item expects of it. Times are epoch milliseconds of the fastest container's clock. */
export interface IdleRate {
  /** The next token was due before this time, and no stop is in force since then. */
  idleSinceMs: number
  epoch: number
  /** The item was written before this time. */
  nowMs: number
}

/** Where all containers keep the one item of the rate limit. */
export interface RateStore {
  /** Reads the item as it was last saved. Rejects when the store fails. */
  load(): Promise<StoredRate>
  /** Saves the item if the stored version is still `version`, else resolves to false. Rejects when the store fails. */
  save(item: RateItem, version: number): Promise<boolean>
  /**
   * Saves the item without a read before, if the stored one is as expected and at the full token rate. Resolves to the
   * new version, else to undefined. Rejects when the store fails.
   */
  saveIdle(item: RateItem, expected: IdleRate): Promise<number | undefined>
}

/** Whether the stored item is as expected and at the full token rate. Pure. */
export function isIdle(item: RateItem, { idleSinceMs, epoch, nowMs }: IdleRate): boolean {
  const isUnused = item.nextMs <= idleSinceMs && item.closedUntilMs <= idleSinceMs
  return isUnused && !item.isYielding && item.epoch === epoch && item.writtenMs <= nowMs
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
    async saveIdle(item, expected) {
      if (!stored.item || !isIdle(stored.item, expected)) return undefined
      stored = { item, version: stored.version + 1 }
      return stored.version
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
  return {
    load: () => within(store.load()),
    save: (item, version) => within(store.save(item, version)),
    saveIdle: (item, expected) => within(store.saveIdle(item, expected)),
  }
}
