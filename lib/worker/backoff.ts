import { retry } from '../policy.ts'

/** Delays of a deployment, in seconds: the first delay, the longest, and the age at which an event is given up. */
export interface RetryTimes {
  baseSeconds: number
  maxSeconds: number
  giveUpAfterSeconds: number
}

/**
 * Seconds to wait after the `attempt`-th failure (1, 2, …): base · 2^(attempt − 1), spread by ± 20 %, never above the
 * cap. `random` is a number from 0 to 1. Never throws.
 */
export function backoff(attempt: number, times: RetryTimes, random: number): number {
  const spread = 1 - retry.jitter + 2 * retry.jitter * random
  return capped(times.baseSeconds * 2 ** Math.min(attempt - 1, 30) * spread, times)
}

/** Whole seconds from 1 to the cap, which holds for every delay: SQS takes whole seconds only. What is no number is 1. */
export function capped(seconds: number, times: RetryTimes): number {
  return Math.max(1, Math.min(Math.round(seconds) || 1, Math.floor(times.maxSeconds)))
}
