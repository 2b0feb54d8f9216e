import { rate } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import { mustYield } from './agents-part.ts'
import { type Headers, limitIn, remainingIn } from './rate-headers.ts'
import { closed, type Pace, recovered, yielding } from './rate-item.ts'
import type { RateStore } from './rate-store.ts'
import { serveLine } from './serve-line.ts'
import { createSharedRate, type SharedRate } from './shared-rate.ts'
import { createWaitingLine } from './waiting-line.ts'

/** A permit that was given, or the seconds after which it is worth asking again. */
export type Permit = { isGranted: true } | { isGranted: false; inSeconds: number }

/** Keeps all containers together within the relay's share of Kustomer's rate limit. */
export interface RateLimiter {
  /** Waits for the next token, but never past `deadlineMs` (epoch): what would end later is refused at once. */
  acquire(deadlineMs: number): Promise<Permit>
  /** Stops delivery until `untilMs` (epoch), in all containers: the organisation is over its limit. */
  close(untilMs: number): void
  /** Learns from the headers of an answer: a limit that is lower than the configured one, and what agents need. */
  observe(headers: Headers): void
}

/** The organisation's limit, our part of it (0 to 1), and the containers that share this part. */
export interface RateShare {
  perMinute: number
  share: number
  containers: number
}

/** What a rate limiter is made of. */
export interface RateLimiterOptions extends RateShare {
  clock: Clock
  /** Without a store each container takes its own part of the share. */
  store?: RateStore
}

/**
 * The rate limiter of one container. Tokens are taken from the shared item a few at a time, as many as requests wait,
 * and given in the order in which they asked. When less remains than the agents' part, one request goes every
 * `rate.probeMs` until it recovers.
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
    paceOf: isAlone => paceAt(limit, isAlone, options),
  })
  const serve = async () => {
    isServing = true
    await serveLine({ line, shared, clock, closedUntilMs: () => closedUntilMs }, left => {
      tokens = left
    })
    isServing = false
  }
  const makeWay = createMakeWay(shared, options.share)
  return {
    async acquire(deadlineMs) {
      const inMs = shared.item().nextMs - shared.aheadMs() - clock.now()
      const isHopeless = isServing && line.all().length >= tokens && clock.now() + inMs > deadlineMs
      if (isHopeless) return { isGranted: false, inSeconds: inMs / 1_000 }
      const permit = line.join(deadlineMs)
      if (!isServing) void serve()
      return permit
    },
    close(untilMs) {
      closedUntilMs = Math.max(closedUntilMs, untilMs)
      line.refuseBefore(closedUntilMs)
      void shared.change(item => ({
        item: closed(item, closedUntilMs + shared.aheadMs()),
        result: undefined,
      }))
    },
    observe(headers) {
      limit = Math.min(perMinute, limitIn(headers) ?? limit)
      makeWay(remainingIn(headers), limit)
    },
  }
}

function paceAt(limit: number, isAlone: boolean, { share, containers }: RateLimiterOptions): Pace {
  const perMinute = (limit * share) / (isAlone ? containers : 1)
  return { intervalMs: rate.windowMs / perMinute, creditMs: isAlone ? 0 : rate.creditMs }
}

/** Gives a function that begins or ends making way for the agents, as the remaining requests ask for. */
function createMakeWay(shared: SharedRate, share: number) {
  let isTelling = false
  return (remaining: number | undefined, perMinute: number) => {
    const { isYielding } = shared.item()
    if (remaining === undefined || isTelling) return
    if (mustYield(remaining, { perMinute, share }, isYielding) === isYielding) return
    isTelling = true
    const turn = isYielding ? recovered : yielding
    const change = shared.change((item, pace, nowMs) => ({
      item: turn(item, pace, nowMs),
      result: undefined,
    }))
    void change.finally(() => {
      isTelling = false
    })
  }
}
