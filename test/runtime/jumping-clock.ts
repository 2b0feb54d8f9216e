import type { Clock } from '../../lib/runtime/clock.ts'

/**
 * A clock that goes on only by what is waited for: `sleep` moves it to the moment of waking at once. For tests in which
 * time passes but nothing else happens meanwhile; `fakeClock` is for those that say when time goes on.
 */
export function jumpingClock(startMs = 1_800_000_000_000): Clock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    async sleep(ms) {
      const wakeMs = nowMs + Math.max(0, ms)
      await undefined
      nowMs = Math.max(nowMs, wakeMs)
    },
  }
}
