import { createPriorityQueue } from './priority-queue.ts'

/** The epoch milliseconds at which every simulation starts: a Monday morning. */
export const simulationStartMs = Date.UTC(2026, 0, 5, 8)

/** Time that passes only where the simulation moves it. Times are epoch milliseconds. */
export interface VirtualClock {
  now(): number
  /** Resolves when `ms` have passed; at once where `ms` is not above 0. */
  sleep(ms: number): Promise<void>
  /** Runs `run` at `epochMs`, or as soon as possible where that has passed. */
  at(epochMs: number, run: () => void): void
  /** Moves time on, timer by timer, up to `endMs`; stops earlier where `isDone` says so or no timer is left. */
  runUntil(endMs: number, isDone?: () => boolean): Promise<void>
}

/**
 * A clock whose timers run in the order of (time, order of their creation), so that the same calls always give the
 * same run. After each timer all promises that can settle do so before time moves on. A timer that throws ends
 * `runUntil` with its error.
 */
export function createVirtualClock(startMs = simulationStartMs): VirtualClock {
  const timers = createPriorityQueue<() => void>()
  let nowMs = startMs
  const at = (epochMs: number, run: () => void) => timers.add(Math.max(epochMs, nowMs), run)
  return {
    now: () => nowMs,
    at,
    sleep: ms => (ms > 0 ? new Promise(resolve => at(nowMs + ms, resolve)) : Promise.resolve()),
    async runUntil(endMs, isDone = () => false) {
      await settlePromises()
      while (!isDone()) {
        const next = timers.nextKey()
        if (next === undefined) return
        if (next > endMs) {
          nowMs = Math.max(nowMs, endMs)
          return
        }
        nowMs = next
        timers.take()?.()
        await settlePromises()
      }
    },
  }
}

/** Node runs all microtasks before the next immediate. */
function settlePromises(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
