import { rate } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import { type RateItem, type TokenRate, unusedRate } from './rate-item.ts'
import type { RateStore } from './rate-store.ts'

/** What the shared rate needs. `tokenRateOf` returns the token rate of all containers together, or of one without the store. */
export interface SharedRatePorts {
  store: RateStore | undefined
  clock: Clock
  tokenRateOf(isAlone: boolean): TokenRate
}

/** What a container knows about the rate limit. Times are epoch milliseconds of its own clock. */
export interface KnownRate {
  /** The item as it was last seen, with its version. */
  item: RateItem
  version: number
  seenMs: number
  /** Whether the container works without the store, and until when it does not try the store again. */
  isAlone: boolean
  aloneUntilMs: number
  /** By how many milliseconds the fastest clock seen so far is ahead of its own. */
  aheadMs: number
  /** By how many milliseconds its tokens came later than the other containers count them. */
  owedMs: number
  hasWritten: boolean
}

/** A change of the item: the new item, or the same one when there is nothing to save, and the change's result. */
export interface Change<T> {
  item: RateItem
  result: T
}

/** A change of the shared item or, without the store, of the container's own item. Pure. */
export type ChangeRate<T> = (item: RateItem, tokenRate: TokenRate, nowMs: number) => Change<T>

/** The shared item, with its version. */
export interface Seen {
  item: RateItem
  version: number
}

/** The time by the fastest clock that the container has seen, in epoch milliseconds. */
export function nowIn({ aheadMs }: KnownRate, { clock }: SharedRatePorts): number {
  return clock.now() + aheadMs
}

/**
 * Reads the item, or returns an unused one when there is none, and adopts the clock of its writer if that is ahead. The
 * clocks of containers differ, and a token must not be used earlier than others count it. Rejects when the store does.
 */
export async function loadRate(store: RateStore, known: KnownRate, ports: SharedRatePorts) {
  const stored = await store.load()
  const aheadMs = (stored.item?.writtenMs ?? 0) - nowIn(known, ports)
  if (aheadMs > 0 && aheadMs + known.aheadMs <= rate.maxSkewMs) {
    known.aheadMs += aheadMs
    if (known.hasWritten) known.owedMs += aheadMs
  }
  const nowMs = nowIn(known, ports)
  const tokenRate = ports.tokenRateOf(false)
  const item = believed(stored.item, nowMs, tokenRate) ?? unusedRate(nowMs, tokenRate)
  const behindMs = known.hasWritten ? known.owedMs : mayBeAheadMs(item, nowMs)
  return { item: { ...item, nextMs: item.nextMs + behindMs }, version: stored.version }
}

/**
 * Milliseconds by which the clock of a container that has not written yet may be ahead of the writer's clock: at most
 * the apparent age of the item. By its clock, the tokens that others took are due that much later.
 */
function mayBeAheadMs({ writtenMs }: RateItem, nowMs: number): number {
  return Math.min(Math.max(0, nowMs - writtenMs), rate.maxSkewMs)
}

/** Returns the item, unless its times are too far ahead for a container with a correct clock to have written them. */
function believed(
  item: RateItem | undefined,
  nowMs: number,
  { intervalMs }: TokenRate,
): RateItem | undefined {
  const latestMs = nowMs + rate.maxResetSeconds * 1_000 + intervalMs + rate.maxSkewMs
  const isBelieved = item && item.nextMs <= latestMs && item.closedUntilMs <= latestMs
  return isBelieved ? item : undefined
}
