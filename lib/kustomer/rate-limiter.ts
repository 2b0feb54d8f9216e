import { rate } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import { mustYield } from './agents-part.ts'
import { type Headers, limitIn, remainingIn } from './rate-headers.ts'
import { closed, recovered, type TokenRate, yielding } from './rate-item.ts'
import type { RateStore } from './rate-store.ts'
import { serveLine } from './serve-line.ts'
import { createSharedRate, type SharedRate } from './shared-rate.ts'
import { createWaitingLine } from './waiting-line.ts'

/** A permit that was granted, or the seconds after which to ask again. */
export type Permit = { isGranted: true } | { isGranted: false; inSeconds: number }

/** Keeps all containers together within the relay's share of Kustomer's rate limit. */
export interface RateLimiter {
  /** Waits for a token, at most until `deadlineMs` (epoch). Refuses at once when it would take longer. */
  acquire(deadlineMs: number): Promise<Permit>
  /** Stops delivery until `untilMs` (epoch) in all containers, because the organisation is over its limit. */
  close(untilMs: number): void
  /** Reads a response's headers: adopts a limit below the configured one, and slows down when agents need more. */
  observe(headers: Headers): void
  /**
   * Resolves when the other containers can know what was learned here, or when the store has timed out. An invocation
   * must wait for it: a container that is idle is frozen, and sends nothing more. Never rejects.
   */
  settled(): Promise<void>
}

/** The organisation's limit, the relay's share of it (0 to 1), and the number of containers that use this share. */
export interface RateShare {
  perMinute: number
  share: number
  containers: number
}

/** The options of a rate limiter. */
export interface RateLimiterOptions extends RateShare {
  clock: Clock
  /** Without a store each container takes an equal part of the share. */
  store?: RateStore
}

/**
 * Creates the rate limiter of one container. It takes as many tokens at once from the shared item as there are requests
 * waiting, and grants them in the order of the requests. When less than the agents' part remains, it sends one request
 * every `rate.probeMs` until that has recovered.
 */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { perMinute, clock } = options
  let limit = perMinute
  let closedUntilMs = 0
  let tokens = 0
  let isServing = false
  const line = createWaitingLine(clock)
  const shared = createSharedRate({
    ...{ clock, store: options.store },
    tokenRateOf: isAlone => tokenRateAt(limit, isAlone, options),
  })
  const serve = async () => {
    isServing = true
    await serveLine({ line, shared, clock, closedUntilMs: () => closedUntilMs }, left => {
      tokens = left
    })
    isServing = false
  }
  const underway = new Set<Promise<void>>()
  const track = (change: Promise<void>) => {
    underway.add(change)
    void change.finally(() => underway.delete(change))
  }
  const slowDown = createSlowDown(shared, options.share)
  return {
    async acquire(deadlineMs) {
      const inMs = shared.item().nextMs - shared.aheadMs() - clock.now()
      const isTooLate = isServing && line.all().length >= tokens && clock.now() + inMs > deadlineMs
      if (isTooLate) return { isGranted: false, inSeconds: inMs / 1_000 }
      const permit = line.join(deadlineMs)
      if (!isServing) void serve()
      return permit
    },
    close(untilMs) {
      closedUntilMs = Math.max(closedUntilMs, untilMs)
      line.refuseBefore(closedUntilMs)
      track(closeShared(shared, closedUntilMs))
    },
    observe(headers) {
      limit = Math.min(perMinute, limitIn(headers) ?? limit)
      track(slowDown(remainingIn(headers), limit))
    },
    async settled() {
      await Promise.all(underway)
    },
  }
}

function closeShared(shared: SharedRate, untilMs: number): Promise<void> {
  return shared.change(item => ({ item: closed(item, untilMs + shared.aheadMs()), result: undefined }))
}

function tokenRateAt(limit: number, isAlone: boolean, { share, containers }: RateLimiterOptions): TokenRate {
  const perMinute = (limit * share) / (isAlone ? containers : 1)
  return { intervalMs: rate.windowMs / perMinute, creditMs: isAlone ? 0 : rate.creditMs }
}

/** Returns a function that slows down or resumes, depending on the remaining requests. */
function createSlowDown(shared: SharedRate, share: number) {
  let isChanging = false
  return async (remaining: number | undefined, perMinute: number): Promise<void> => {
    const { isYielding } = shared.item()
    if (remaining === undefined || isChanging) return
    if (mustYield(remaining, { perMinute, share }, isYielding) === isYielding) return
    isChanging = true
    const turn = isYielding ? recovered : yielding
    await shared.change((item, tokenRate, nowMs) => ({
      item: turn(item, tokenRate, nowMs),
      result: undefined,
    }))
    isChanging = false
  }
}
