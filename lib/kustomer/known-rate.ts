import { rate } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import { type Pace, type RateItem, unusedRate } from './rate-item.ts'
import type { RateStore } from './rate-store.ts'

/** What the shared rate needs. `paceOf` gives the pace of all containers together, or of one that is alone. */
export interface SharedRatePorts {
  store: RateStore | undefined
  clock: Clock
  paceOf(isAlone: boolean): Pace
}

/** What a container knows of the rate limit. Times are epoch milliseconds of its own clock. */
export interface KnownRate {
  /** The item as it was last seen, with its version. */
  item: RateItem
  version: number
  seenMs: number
  /** Whether the store is away, and until when it is left alone. */
  isAlone: boolean
  aloneUntilMs: number
  /** By how much the fastest clock that was seen is ahead of its own. */
  aheadMs: number
  /** By how much its tokens came later than the others count them. */
  owedMs: number
  hasWritten: boolean
}

/** The container's clock, put forward to the fastest one that it has seen. Epoch milliseconds. */
export function nowIn({ aheadMs }: KnownRate, { clock }: SharedRatePorts): number {
  return clock.now() + aheadMs
}

/**
 * Reads the item, or an unused one where there is none, and puts the container's clock forward to the one that wrote it.
 * The clocks of containers differ, and a token must not come sooner than others count it. Rejects where the store does.
 */
export async function loadRate(store: RateStore, known: KnownRate, ports: SharedRatePorts) {
  const stored = await store.load()
  const aheadMs = (stored.item?.writtenMs ?? 0) - nowIn(known, ports)
  if (aheadMs > 0 && aheadMs + known.aheadMs <= rate.maxSkewMs) {
    known.aheadMs += aheadMs
    if (known.hasWritten) known.owedMs += aheadMs
  }
  const nowMs = nowIn(known, ports)
  const pace = ports.paceOf(false)
  const item = believed(stored.item, nowMs, pace) ?? unusedRate(nowMs, pace)
  const behindMs = known.hasWritten ? known.owedMs : mayBeAheadMs(item, nowMs)
  return { item: { ...item, nextMs: item.nextMs + behindMs }, version: stored.version }
}

/**
 * Milliseconds by which the clock of a container that has not written yet may be ahead of the one that wrote: as much as
 * the item seems old. The tokens that others took are due that much later, seen from here.
 */
function mayBeAheadMs({ writtenMs }: RateItem, nowMs: number): number {
  return Math.min(Math.max(0, nowMs - writtenMs), rate.maxSkewMs)
}

/** The item, unless it names times that no container with a right clock can have written. */
function believed(item: RateItem | undefined, nowMs: number, { intervalMs }: Pace): RateItem | undefined {
  const latestMs = nowMs + rate.maxResetSeconds * 1_000 + intervalMs + rate.maxSkewMs
  const isBelieved = item && item.nextMs <= latestMs && item.closedUntilMs <= latestMs
  return isBelieved ? item : undefined
}
