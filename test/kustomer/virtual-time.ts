import { setImmediate as idle } from 'node:timers/promises'
import type { Clock } from '../../lib/runtime/clock.ts'

/** Time that goes on only in `run`, from one waking to the next, with everything done in between that can be done. */
export interface VirtualTime extends Clock {
  /** Runs until that many milliseconds have passed. */
  run(ms: number): Promise<void>
  /** The same time as a clock sees it that is so many milliseconds ahead. */
  aheadBy(ms: number): Clock
}

/** Makes a time that starts at a fixed moment. Sleepers who wake at the same moment wake in the order of falling asleep. */
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
