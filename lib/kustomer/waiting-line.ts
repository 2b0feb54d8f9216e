import type { Clock } from '../runtime/clock.ts'
import type { Permit } from './rate-limiter.ts'

/** A request that waits for a token, until `deadlineMs` (epoch) at most. */
export interface Waiter {
  deadlineMs: number
  end(permit: Permit): void
}

/** The requests of one container that wait for a token, served in the order in which they came. */
export interface WaitingLine {
  all(): readonly Waiter[]
  /** Joins at the end of the line. */
  join(deadlineMs: number): Promise<Permit>
  /** Grants a token to the first request whose deadline has not passed; those before it are refused. */
  grantFirst(): void
  refuse(waiter: Waiter | undefined, inSeconds: number): void
  /** Refuses every request that cannot wait until `untilMs`. */
  refuseBefore(untilMs: number): void
}

/** Creates an empty line. */
export function createWaitingLine(clock: Pick<Clock, 'now'>): WaitingLine {
  let waiters: Waiter[] = []
  const refuse = (waiter: Waiter | undefined, inSeconds: number) => {
    if (!waiter) return
    waiters = waiters.filter(one => one !== waiter)
    waiter.end({ isGranted: false, inSeconds: Math.max(0, inSeconds) })
  }
  const refuseBefore = (untilMs: number) => {
    const inSeconds = (untilMs - clock.now()) / 1_000
    for (const waiter of waiters) if (waiter.deadlineMs < untilMs) refuse(waiter, inSeconds)
  }
  return {
    all: () => waiters,
    join: deadlineMs => new Promise(end => waiters.push({ deadlineMs, end })),
    grantFirst() {
      refuseBefore(clock.now())
      waiters.shift()?.end({ isGranted: true })
    },
    refuse,
    refuseBefore,
  }
}
