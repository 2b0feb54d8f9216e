import { setTimeout as sleep } from 'node:timers/promises'

/** The wait before the next receive. It grows with each fault in a row. */
export interface PollBackoff {
  /** Waits after a fault; returns at once if there is none. Rejects if the signal aborts. */
  wait(signal: AbortSignal): Promise<void>
  grow(): void
  reset(): void
}

const pause = { firstMs: 100, maxMs: 5_000 }

/** Creates a backoff for an event source: no wait at first, then 0.1 s after one fault, doubled up to 5 s. */
export function createPollBackoff(): PollBackoff {
  let faults = 0
  return {
    async wait(signal) {
      if (faults === 0) return
      await sleep(Math.min(pause.firstMs * 2 ** (faults - 1), pause.maxMs), undefined, { signal })
    },
    grow() {
      faults++
    },
    reset() {
      faults = 0
    },
  }
}
