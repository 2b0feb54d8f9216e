import { rate } from '../policy.ts'

/**
 * The state of the rate limit, by the generic cell rate algorithm (ITU-T I.371, annex A): tokens are due one interval
 * after the other. Times are epoch milliseconds of the fastest container's clock.
 */
export interface RateItem {
  /** When the next token is due. */
  nextMs: number
  /** No token is due before: Kustomer answered 429. */
  closedUntilMs: number
  /** Whether the agents need more than their part: then a token is due only every `rate.probeMs`. */
  isYielding: boolean
  /** Goes up whenever delivery is stopped or goes on: a token that was taken in an earlier epoch is void. */
  epoch: number
  /** The clock of the container that wrote last. */
  writtenMs: number
}

/** How tokens are taken: the milliseconds between two, and for how long a token stays good that nobody took. */
export interface Pace {
  intervalMs: number
  creditMs: number
}

/** For whom tokens are wanted: until when each can wait, in their order. */
export interface Wanted {
  deadlinesMs: readonly number[]
  notBeforeMs: number
}

/**
 * Tokens that were taken: when each is due. `refused` tells who cannot wait for theirs, and when it would be due;
 * `nextMs` is when the first of the others would be.
 */
export interface Taken {
  item: RateItem
  dueMs: number[]
  refused: { position: number; dueMs: number }[]
  nextMs: number
}

/** The state of a limit that nobody used yet: the first token is due after one interval. */
export function unusedRate(nowMs: number, { intervalMs }: Pace): RateItem {
  return { nextMs: nowMs + intervalMs, closedUntilMs: 0, isYielding: false, epoch: 0, writtenMs: nowMs }
}

/**
 * Takes tokens for those who wait, in their order: at most `rate.maxLease`, one while yielding, and none that is due
 * before `notBeforeMs` or after `rate.horizonMs`. Whoever cannot wait for theirs, taken or not, is refused. Pure.
 */
export function takeTokens(
  item: RateItem,
  { deadlinesMs, notBeforeMs }: Wanted,
  pace: Pace,
  nowMs: number,
): Taken {
  const intervalMs = item.isYielding ? Math.max(rate.probeMs, pace.intervalMs) : pace.intervalMs
  const most = item.isYielding ? 1 : rate.maxLease
  const taken: Taken = { item, dueMs: [], refused: [], nextMs: Number.POSITIVE_INFINITY }
  let dueMs = Math.max(item.nextMs, item.closedUntilMs, notBeforeMs, nowMs - pace.creditMs)
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

/** Stops delivery until `untilMs`. The same item where it is stopped for as long already. */
export function closed(item: RateItem, untilMs: number): RateItem {
  return item.closedUntilMs >= untilMs ? item : { ...item, closedUntilMs: untilMs, epoch: item.epoch + 1 }
}

/** Makes way for the agents: no token is due within `rate.probeMs`. The same item where that is so already. */
export function yielding(item: RateItem, _: Pace, nowMs: number): RateItem {
  if (item.isYielding) return item
  const nextMs = Math.max(item.nextMs, nowMs + rate.probeMs)
  return { ...item, isYielding: true, nextMs, epoch: item.epoch + 1 }
}

/** Goes on at the full pace, without the tokens that are still to come. The same item where it is so already. */
export function recovered(item: RateItem, { intervalMs }: Pace, nowMs: number): RateItem {
  if (!item.isYielding) return item
  const nextMs = Math.min(item.nextMs, nowMs + intervalMs)
  return { ...item, isYielding: false, nextMs, epoch: item.epoch + 1 }
}
