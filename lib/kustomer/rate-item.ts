import { rate } from '../policy.ts'

/**
 * The state of the rate limit, by the generic cell rate algorithm (ITU-T I.371, annex A): tokens are due one interval
 * apart. Times are epoch milliseconds of the fastest container's clock.
 */
export interface RateItem {
  /** When the next token is due. */
  nextMs: number
  /** No token is due before this time, because Kustomer answered 429. */
  closedUntilMs: number
  /** Whether the agents need more than their part; then a token is due only every `rate.probeMs`. */
  isYielding: boolean
  /** Increases whenever delivery stops or resumes. A token that was taken in an earlier epoch is void. */
  epoch: number
  /** The time of the last write, by its writer's clock. */
  writtenMs: number
}

/** The milliseconds between two tokens, and how long a token that was not taken stays valid. */
export interface TokenRate {
  intervalMs: number
  creditMs: number
}

/**
 * The requests that want tokens, in their order: until when each can wait. No token may be due before `notBeforeMs`.
 */
export interface Wanted {
  deadlinesMs: readonly number[]
  notBeforeMs: number
}

/**
 * The result of taking tokens: when each is due. `refused` lists the requests that cannot wait for their token, and
 * when it would be due. `nextMs` is when the next token after the taken ones would be due.
 */
export interface Taken {
  item: RateItem
  dueMs: number[]
  refused: { position: number; dueMs: number }[]
  nextMs: number
}

/** The state of a limit that has not been used: the first token is due after one interval. */
export function unusedRate(nowMs: number, { intervalMs }: TokenRate): RateItem {
  return { nextMs: nowMs + intervalMs, closedUntilMs: 0, isYielding: false, epoch: 0, writtenMs: nowMs }
}

/**
 * Takes tokens for the waiting requests, in their order: at most `rate.maxLease`, one while yielding, and none that is
 * due before `notBeforeMs` or more than `rate.horizonMs` ahead. A request that cannot wait for its token is refused.
 * Pure.
 */
export function takeTokens(
  item: RateItem,
  { deadlinesMs, notBeforeMs }: Wanted,
  tokenRate: TokenRate,
  nowMs: number,
): Taken {
  const intervalMs = item.isYielding ? Math.max(rate.probeMs, tokenRate.intervalMs) : tokenRate.intervalMs
  const most = item.isYielding ? 1 : rate.maxLease
  const taken: Taken = { item, dueMs: [], refused: [], nextMs: Number.POSITIVE_INFINITY }
  let dueMs = Math.max(item.nextMs, item.closedUntilMs, notBeforeMs, nowMs - tokenRate.creditMs)
  for (const [position, deadlineMs] of deadlinesMs.entries()) {
    if (Math.max(dueMs, nowMs) > deadlineMs) {
      taken.refused.push({ position, dueMs })
      continue
    }
    if (taken.dueMs.length < most && dueMs <= nowMs + rate.horizonMs) {
      taken.dueMs.push(dueMs)
      taken.item = { ...item, nextMs: dueMs + intervalMs }
    } else taken.nextMs = Math.min(taken.nextMs, dueMs)
    dueMs += intervalMs
  }
  return taken
}

/** Stops delivery until `untilMs`. Returns the same item when it is already stopped for as long. */
export function closed(item: RateItem, untilMs: number): RateItem {
  return item.closedUntilMs >= untilMs ? item : { ...item, closedUntilMs: untilMs, epoch: item.epoch + 1 }
}

/** Slows down for the agents: no token is due within `rate.probeMs`. Returns the same item when it already is slow. */
export function yielding(item: RateItem, _: TokenRate, nowMs: number): RateItem {
  if (item.isYielding) return item
  const nextMs = Math.max(item.nextMs, nowMs + rate.probeMs)
  return { ...item, isYielding: true, nextMs, epoch: item.epoch + 1 }
}

/** Resumes the full token rate; tokens taken before are void. Returns the same item when it already has the full token rate. */
export function recovered(item: RateItem, { intervalMs }: TokenRate, nowMs: number): RateItem {
  if (!item.isYielding) return item
  const nextMs = Math.min(item.nextMs, nowMs + intervalMs)
  return { ...item, isYielding: false, nextMs, epoch: item.epoch + 1 }
}
