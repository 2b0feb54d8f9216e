import { setImmediate as idle } from 'node:timers/promises'
import type { Clock } from '../../lib/runtime/clock.ts'

/** A clock that moves only in `run`, from one timer to the next. In between, everything that can run is run. */
export interface VirtualTime extends Clock {
  /** Runs until that many milliseconds have passed. */
  run(ms: number): Promise<void>
  /** The same time on a clock that is so many milliseconds ahead. */
  aheadBy(ms: number): Clock
}

/** Creates a clock that starts at a fixed time. Sleeps that end at the same time end in the order of their start. */
export function virtualTime(): VirtualTime {
  let nowMs = 1_800_000_000_000
  let sleepers: { atMs: number; wake(): void }[] = []
  const sleep = (ms: number) =>
    new Promise<void>(wake => {
      const atMs = nowMs + Math.max(0, ms)
      const position = sleepers.findLastIndex(one => one.atMs <= atMs) + 1
      sleepers.splice(position, 0, { atMs, wake })
    })
  return {
    now: () => nowMs,
    sleep,
    aheadBy: aheadMs => ({ now: () => nowMs + aheadMs, sleep }),
    async run(ms) {
      const untilMs = nowMs + ms
      await idle()
      for (let next = sleepers[0]; next && next.atMs <= untilMs; next = sleepers[0]) {
        sleepers = sleepers.slice(1)
        nowMs = next.atMs
        next.wake()
        await idle()
      }
      nowMs = untilMs
    },
  }
}
