import { setTimeout as sleep } from 'node:timers/promises'

/** Time, as delivery sees it: epoch milliseconds and a way to wait. */
export interface Clock {
  now(): number
  sleep(ms: number): Promise<void>
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: async ms => {
    if (ms > 0) await sleep(ms)
  },
}
