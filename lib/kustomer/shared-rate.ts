import { rate } from '../policy.ts'
import { changeIdle } from './change-idle.ts'
import {
  type Change,
  type ChangeRate,
  type KnownRate,
  loadRate,
  nowIn,
  type Seen,
  type SharedRatePorts,
} from './known-rate.ts'
import { type RateItem, unusedRate } from './rate-item.ts'
import { inTime, type RateStore } from './rate-store.ts'

/** The rate limit as one container sees it. */
export interface SharedRate {
  /** By how many milliseconds the fastest clock seen so far is ahead of the container's. */
  aheadMs(): number
  /** The item as it was last seen or changed. */
  item(): RateItem
  /** Whether the item is the container's own, because there is no store or it does not answer. */
  isAlone(): boolean
  /** Changes the item. Never throws: when the store fails or is late, it changes the container's own item. */
  change<T>(change: ChangeRate<T>): Promise<T>
  /** Reads the item again if it was last seen more than `rate.freshMs` ago. */
  refresh(): Promise<void>
}

/**
 * Creates the rate limit in a store that all containers share. Without a store, and for `rate.storePauseMs` after it
 * failed or was late, the container uses an item of its own. That item has the token rate of one container's part and starts
 * without tokens.
 */
export function createSharedRate(ports: SharedRatePorts): SharedRate {
  const { clock, tokenRateOf } = ports
  const store = ports.store && inTime(ports.store, clock)
  const never = Number.NEGATIVE_INFINITY
  const item = unusedRate(clock.now(), tokenRateOf(true))
  const known: KnownRate = {
    ...{ item, version: 0, seenMs: never, isAlone: true, aloneUntilMs: never },
    ...{ aheadMs: 0, owedMs: 0, hasWritten: false },
  }
  const ask = async <T extends Seen>(asking: (from: RateStore) => Promise<T>) => {
    if (!store || clock.now() < known.aloneUntilMs) return undefined
    try {
      const answer = await asking(store)
      const { item, version } = answer
      // Responses may arrive out of order.
      if (known.isAlone || version >= known.version) Object.assign(known, { item, version })
      Object.assign(known, { seenMs: clock.now(), isAlone: false })
      return answer
    } catch {
      goAlone(known, ports)
      return undefined
    }
  }
  return {
    aheadMs: () => known.aheadMs,
    item: () => known.item,
    isAlone: () => known.isAlone,
    async change(change) {
      const shared = await ask(from => changeShared(from, change, known, ports))
      if (shared) return shared.result
      const { item, result } = change(known.item, tokenRateOf(true), nowIn(known, ports))
      known.item = item
      return result
    },
    async refresh() {
      if (clock.now() - known.seenMs >= rate.freshMs) await ask(from => loadRate(from, known, ports))
    },
  }
}

function goAlone(known: KnownRate, ports: SharedRatePorts): void {
  const { item, isAlone } = known
  const { intervalMs } = ports.tokenRateOf(true)
  if (!isAlone) known.item = { ...item, nextMs: Math.max(item.nextMs, nowIn(known, ports)) + intervalMs }
  known.isAlone = true
  known.aloneUntilMs = ports.clock.now() + rate.storePauseMs
}

/** Changes the shared item: without a read if it is idle. When others change it at the same time, tries again. */
async function changeShared<T>(
  store: RateStore,
  change: ChangeRate<T>,
  known: KnownRate,
  ports: SharedRatePorts,
): Promise<Change<T> & Seen> {
  const idle = await changeIdle(store, change, known, ports)
  if (idle) return idle
  for (let tries = 0; tries < rate.storeTries; tries++) {
    const { item, version } = await loadRate(store, known, ports)
    const changed = change(item, ports.tokenRateOf(false), nowIn(known, ports))
    if (changed.item === item) return { ...changed, version }
    if (await store.save({ ...changed.item, writtenMs: nowIn(known, ports) }, version)) {
      Object.assign(known, { hasWritten: true, owedMs: 0 })
      return { ...changed, version: version + 1 }
    }
  }
  throw new Error('other containers change the rate limit all the time')
}
