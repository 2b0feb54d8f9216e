import type { Clock } from '../runtime/clock.ts'

/** A permit that was given, or the seconds after which it is worth asking again. */
export type Permit = { isGranted: true } | { isGranted: false; inSeconds: number }

/** One container's part of Kustomer's rate limit. */
export interface RateLimiter {
  /** Waits for the next token, but never past `deadlineMs` (epoch): what would end later is refused at once. */
  acquire(deadlineMs: number): Promise<Permit>
  /** Closes the gate until `untilMs` (epoch): Kustomer said that the organisation is over its limit. */
  close(untilMs: number): void
}

/**
 * A token bucket of one token that starts empty: over any minute it gives at most `perMinute` + 1 permits, so that N
 * containers with a share each never pass the whole by more than N, and need no state in common.
 */
export function createRateLimiter(perMinute: number, clock: Clock): RateLimiter {
  const intervalMs = 60_000 / perMinute
  let nextMs = clock.now() + intervalMs
  let closedUntilMs = 0
  return {
    close(untilMs) {
      closedUntilMs = Math.max(closedUntilMs, untilMs)
      nextMs = Math.max(nextMs, closedUntilMs)
    },
    async acquire(deadlineMs) {
      for (;;) {
        const turnMs = Math.max(nextMs, clock.now())
        if (turnMs > deadlineMs) return { isGranted: false, inSeconds: (turnMs - clock.now()) / 1000 }
        nextMs = turnMs + intervalMs
        await clock.sleep(turnMs - clock.now())
        if (turnMs >= closedUntilMs) return { isGranted: true }
      }
    },
  }
}
