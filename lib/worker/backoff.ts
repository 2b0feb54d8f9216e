import { retry } from '../policy.ts'

/**
 * The delays of a deployment, in seconds: the first delay, the longest one, and the age at which an event is given up.
 */
export interface RetryTimes {
  baseSeconds: number
  maxSeconds: number
  giveUpAfterSeconds: number
}

/**
 * Seconds to wait after the `attempt`-th failure (1, 2, …): base · 2^(attempt − 1), with a jitter of ± 20 %, never
 * above the maximum. With `mayDouble` (a retry may store the event twice) the first delay is longer. `random` is a
 * number from 0 to 1. Never throws.
 */
export function backoff(attempt: number, times: RetryTimes, random: number, mayDouble: boolean): number {
  const spread = 1 - retry.jitter + 2 * retry.jitter * random
  const base = mayDouble ? Math.max(times.baseSeconds, retry.mayDoubleBaseSeconds) : times.baseSeconds
  return capped(base * 2 ** Math.min(Math.max(attempt, 1) - 1, 30) * spread, times)
}

/**
 * The minimum delay, in seconds, of an event that was not attempted. It grows with the number of receives: about a
 * second at first, the longest delay from the 100th receive on. So SQS's 1,000 receives last longer than 9 days.
 * Never throws.
 */
export function waitAfter(receives: number, times: RetryTimes): number {
  return capped(times.maxSeconds * Math.min(1, receives / retry.receivesToLongestWait) ** 2, times)
}

/** Limits a delay to whole seconds from 1 to the maximum, since SQS takes whole seconds only. `NaN` becomes 1. */
export function capped(seconds: number, times: RetryTimes): number {
  return Math.max(1, Math.min(Math.round(seconds) || 1, Math.floor(times.maxSeconds)))
}
