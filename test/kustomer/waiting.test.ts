import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRateLimiter, type RateLimiter } from '../../lib/kustomer/rate-limiter.ts'
import { createMemoryRateStore } from '../../lib/kustomer/rate-store.ts'
import type { Clock } from '../../lib/runtime/clock.ts'
import { type VirtualTime, virtualTime } from './virtual-time.ts'

const never = Number.POSITIVE_INFINITY

function limiterOn(clock: Clock, store = createMemoryRateStore()): RateLimiter {
  return createRateLimiter({ perMinute: 600, share: 1, containers: 2, clock, store })
}

/** Requests a permit and records whether and when it was given. */
function ask(limiter: RateLimiter, time: VirtualTime, given: { name: number; atMs: number }[], name: number) {
  void limiter.acquire(never).then(({ isGranted }) => isGranted && given.push({ name, atMs: time.now() }))
}

test('a container gives permits in the order of the requests, and every request gets one', async () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(pauses, async pauseMs => {
      const time = virtualTime()
      const store = createMemoryRateStore()
      const [limiter, other] = [limiterOn(time, store), limiterOn(time, store)]
      const given: { name: number; atMs: number }[] = []
      for (const [name, ms] of pauseMs.entries()) {
        ask(limiter, time, given, name)
        ask(other, time, [], name)
        await time.run(ms)
      }
      await time.run(60_000)
      expect(given.map(({ name }) => name)).toEqual(pauseMs.map((_, name) => name))
    }),
    { numRuns: 20 },
  )
})

test('a container that was frozen uses no old tokens', async () => {
  const time = virtualTime()
  let frozenMs = 0
  const clock: Clock = {
    now: time.now,
    async sleep(ms) {
      await time.sleep(ms)
      if (frozenMs > 0) await time.sleep(frozenMs)
    },
  }
  const limiter = limiterOn(clock)
  const given: { name: number; atMs: number }[] = []
  for (let name = 0; name < 30; name++) ask(limiter, time, given, name)
  await time.run(500)
  frozenMs = 20_000
  await time.run(200)
  frozenMs = 0
  await time.run(60_000)
  const afterMs = given.filter(({ atMs }) => atMs > 1_800_000_010_000).map(({ atMs }) => atMs)
  expect(afterMs.length).toBeGreaterThan(20)
  // Tokens of the last second are given at once, the others at ten per second.
  expect((afterMs.at(-1) ?? 0) - (afterMs[0] ?? 0)).toBeGreaterThanOrEqual((afterMs.length - 11) * 100)
})

test('a request that would get its permit too late is refused at once, also while others wait', async () => {
  const time = virtualTime()
  const limiter = limiterOn(time)
  const given: { name: number; atMs: number }[] = []
  for (let name = 0; name < 10; name++) ask(limiter, time, given, name)
  await time.run(50)
  const permit = limiter.acquire(time.now() + 500)
  await time.run(1)
  expect(await permit).toMatchObject({ isGranted: false, inSeconds: expect.closeTo(1, 0) })
})

test('a permit is never given after its deadline, even if the store hangs', async () => {
  const time = virtualTime()
  const hanging = {
    load: () => new Promise<never>(() => undefined),
    save: () => new Promise<never>(() => undefined),
    saveIdle: () => new Promise<never>(() => undefined),
  }
  const limiter = createRateLimiter({ perMinute: 600, share: 1, containers: 2, clock: time, store: hanging })
  const startMs = time.now()
  const short = limiter.acquire(startMs + 300)
  const long = limiter.acquire(startMs + 20_000)
  await time.run(20_000)
  expect(await short).toMatchObject({ isGranted: false })
  expect(await long).toEqual({ isGranted: true })
})

test('the limiter uses the headers of answers: a lower limit slows the container down', async () => {
  const time = virtualTime()
  const limiter = limiterOn(time)
  limiter.observe({ 'x-ratelimit-limit': '60' })
  const given: { name: number; atMs: number }[] = []
  for (let name = 0; name < 100; name++) ask(limiter, time, given, name)
  await time.run(60_000)
  expect(given.length).toBeGreaterThanOrEqual(58)
  expect(given.length).toBeLessThanOrEqual(61)
})
