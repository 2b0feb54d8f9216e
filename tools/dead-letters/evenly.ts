import { setTimeout as sleep } from 'node:timers/promises'

/** The time and a way to let it pass; a sleep that is aborted ends at once. */
export interface Clock {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

const machineClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => sleep(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined),
}

/**
 * A gate that opens `perSecond` times a second at equal distances, never in bursts: time lost is not made up for.
 * The first passage is at once.
 */
export function evenly(perSecond: number, clock = machineClock): (signal?: AbortSignal) => Promise<void> {
  let nextMs = clock.now()
  return async signal => {
    const waitMs = nextMs - clock.now()
    if (waitMs > 0) await clock.sleep(waitMs, signal)
    nextMs = Math.max(nextMs, clock.now()) + 1000 / perSecond
  }
}
