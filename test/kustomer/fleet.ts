import type { Headers } from '../../lib/kustomer/rate-headers.ts'
import { createRateLimiter, type RateLimiter } from '../../lib/kustomer/rate-limiter.ts'
import { createMemoryRateStore, type RateStore } from '../../lib/kustomer/rate-store.ts'
import { numbersFrom } from './numbers-from.ts'
import { type VirtualTime, virtualTime } from './virtual-time.ts'

/** Containers that share one store. Times in milliseconds. */
export interface FleetOptions {
  perMinute: number
  share: number
  /** The containers: the offset of each clock, and the start of each (0). */
  containers: { aheadMs: number; startsMs?: number }[]
  /** People in each container. The requests of each person are made one after the other, without end. */
  people: number
  /** The longest time of the store for one read or write. The shortest is a tenth of it. */
  storeMs: number
  /** The longest time of a request. The shortest is a tenth of it. */
  requestMs: number
  seed: number
  /** Requests of other users that Kustomer has counted until this time; none. */
  agents?: (sinceMs: number) => number
  /** Whether the store answers this container at this time; always. */
  isStoreUp?: (sinceMs: number, container: number) => boolean
  /** The value of `x-ratelimit-limit`; the configured limit. */
  toldPerMinute?: number
}

/** A running fleet: the start of each request, and the remaining requests in Kustomer's answer. */
export interface Fleet {
  time: VirtualTime
  startedMs: number[]
  remaining: number[]
  limiters: RateLimiter[]
  /** Returns the requests that started between two times, in milliseconds since the start. */
  between(fromMs: number, untilMs: number): number
  /** Returns the highest number of requests that started in any minute. */
  mostPerMinute(): number
}

const beginMs = 1_800_000_000_000
const minuteMs = 60_000

/** Starts a fleet. Nothing happens until `time.run`. */
export function startFleet(options: FleetOptions): Fleet {
  const { perMinute, share, containers, people, requestMs, seed } = options
  const toldPerMinute = options.toldPerMinute ?? perMinute
  const time = virtualTime()
  const random = numbersFrom(seed)
  const startedMs: number[] = []
  const remaining: number[] = []
  const store = createMemoryRateStore()
  const between = (fromMs: number, untilMs: number) =>
    startedMs.filter(at => at >= beginMs + fromMs && at < beginMs + untilMs).length
  const agentsIn = (fromMs: number, untilMs: number) =>
    (options.agents?.(untilMs) ?? 0) - (options.agents?.(Math.max(0, fromMs)) ?? 0)
  /** Kustomer's answer, with a sliding window. */
  const answer = (): Headers => {
    const sinceMs = time.now() - beginMs
    const used = between(sinceMs - minuteMs, sinceMs + 1) + agentsIn(sinceMs - minuteMs, sinceMs)
    const left = Math.max(0, Math.floor(toldPerMinute - used))
    remaining.push(left)
    return { 'x-ratelimit-limit': String(toldPerMinute), 'x-ratelimit-remaining': String(left) }
  }
  const limiters = containers.map(({ aheadMs }, index) =>
    createRateLimiter({
      ...{ perMinute, share, containers: containers.length, clock: time.aheadBy(aheadMs) },
      store: slowStore(store, time, random, options, index),
    }),
  )
  const person = async (limiter: RateLimiter, aheadMs: number, startsMs: number) => {
    await time.sleep(startsMs)
    for (;;) {
      const permit = await limiter.acquire(time.now() + aheadMs + 40_000)
      if (permit.isGranted) {
        startedMs.push(time.now())
        const headers = answer()
        await time.sleep(requestMs * (0.1 + 0.9 * random()))
        limiter.observe(headers)
      } else await time.sleep(1_000)
    }
  }
  for (const [i, limiter] of limiters.entries())
    for (let n = 0; n < people; n++)
      void person(limiter, containers[i]?.aheadMs ?? 0, containers[i]?.startsMs ?? 0)
  return {
    ...{ time, startedMs, remaining, limiters, between },
    mostPerMinute() {
      // The highest number is in a half-open minute that begins with a request.
      let [most, end] = [0, 0]
      for (const [i, from] of startedMs.entries()) {
        while ((startedMs[end] ?? Number.POSITIVE_INFINITY) < from + minuteMs) end++
        most = Math.max(most, end - i)
      }
      return most
    },
  }
}

function slowStore(
  store: RateStore,
  time: VirtualTime,
  random: () => number,
  { storeMs, isStoreUp }: FleetOptions,
  container: number,
): RateStore {
  const answering = async <T>(ask: () => Promise<T>): Promise<T> => {
    await time.sleep(storeMs * (0.05 + 0.45 * random()))
    if (isStoreUp?.(time.now() - beginMs, container) === false) throw new Error('the store is away')
    const value = await ask()
    await time.sleep(storeMs * (0.05 + 0.45 * random()))
    return value
  }
  return {
    load: () => answering(() => store.load()),
    save: (item, version) => answering(() => store.save(item, version)),
    saveIdle: (item, expected) => answering(() => store.saveIdle(item, expected)),
  }
}
