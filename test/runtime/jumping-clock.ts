import type { Clock } from '../../lib/runtime/clock.ts'

/**
 * A clock that moves only when nothing else is left to run: then it jumps to the end of the next
 * sleep. `fakeClock` is for tests that move the time themselves.
 */
export function jumpingClock(startMs = 1_800_000_000_000): Clock {
  let nowMs = startMs
  let sleepers: { atMs: number; wake: () => void }[] = []
  const jump = () => {
    const [first] = sleepers.toSorted((a, b) => a.atMs - b.atMs)
    if (!first) return
    sleepers = sleepers.filter(one => one !== first)
    nowMs = Math.max(nowMs, first.atMs)
    first.wake()
    setImmediate(jump)
  }
  return {
    now: () => nowMs,
    sleep: ms =>
      new Promise(wake => {
        sleepers.push({ atMs: nowMs + Math.max(0, ms), wake })
        setImmediate(jump)
      }),
  }
}
