import type { Clock } from '../../lib/runtime/clock.ts'

/** A clock that moves only by `elapse`, which ends sleeps in the order of their times. */
export interface FakeClock extends Clock {
  elapse(ms: number): Promise<void>
}

/** Creates a clock that starts at `startMs` (epoch). */
export function fakeClock(startMs = 1_800_000_000_000): FakeClock {
  let nowMs = startMs
  let sleepers: { atMs: number; wake(): void }[] = []
  return {
    now: () => nowMs,
    sleep: ms => new Promise(wake => sleepers.push({ atMs: nowMs + Math.max(0, ms), wake })),
    async elapse(ms) {
      const untilMs = nowMs + ms
      await settled()
      for (;;) {
        const next = sleepers.toSorted((a, b) => a.atMs - b.atMs)[0]
        if (!next || next.atMs > untilMs) break
        sleepers = sleepers.filter(one => one !== next)
        nowMs = Math.max(nowMs, next.atMs)
        next.wake()
        await settled()
      }
      nowMs = untilMs
    },
  }
}

/** Runs the callbacks of promises that are already settled. */
async function settled() {
  for (let turn = 0; turn < 20; turn++) await undefined
}
