import { setTimeout as sleep } from 'node:timers/promises'

/** A source of time: epoch milliseconds, and a way to wait. A wait that is aborted ends at once. */
export interface Clock {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The system's clock. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: async (ms, signal) => {
    if (ms > 0) await sleep(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined)
  },
}
