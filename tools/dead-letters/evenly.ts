import { setTimeout as sleep } from 'node:timers/promises'

/** The time, and a sleep that ends at once when it is aborted. */
export interface Clock {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

const machineClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => sleep(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined),
}

/**
 * Returns a function that resolves at most `perSecond` times a second, at equal intervals. The first call resolves at
 * once. There are no bursts: after a pause, the calls that were missed are not made up for.
 */
export function evenly(perSecond: number, clock = machineClock): (signal?: AbortSignal) => Promise<void> {
  let nextMs = clock.now()
  return async signal => {
    const waitMs = nextMs - clock.now()
    if (waitMs > 0) await clock.sleep(waitMs, signal)
    nextMs = Math.max(nextMs, clock.now()) + 1000 / perSecond
  }
}
