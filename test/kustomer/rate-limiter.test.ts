import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRateLimiter, type Permit, type RateLimiter } from '../../lib/kustomer/rate-limiter.ts'
import type { Clock } from '../../lib/runtime/clock.ts'
import { fakeClock } from '../runtime/fake-clock.ts'

/** The limiter of a container without a store, with this part of the limit. */
const alone = (perMinute: number, clock: Clock) =>
  createRateLimiter({ perMinute, share: 1, containers: 1, clock })

const never = Number.POSITIVE_INFINITY

/** Requests a permit and records the time when it is given. */
function asking(rateLimiter: RateLimiter, now: () => number, deadlineMs = never) {
  const came: { turn?: Permit; atMs?: number } = {}
  void rateLimiter.acquire(deadlineMs).then(turn => Object.assign(came, { turn, atMs: now() }))
  return came
}

/** A step of a schedule: time passes, a container requests `times` permits at once, or it is stopped. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 40_000 }) }),
  fc.record({
    kind: fc.constant('ask' as const),
    of: fc.nat(3),
    times: fc.integer({ min: 1, max: 30 }),
    patienceMs: fc.constantFrom(0, 500, 10_000, never),
  }),
  fc.record({ kind: fc.constant('close' as const), of: fc.nat(3), ms: fc.integer({ min: 0, max: 20_000 }) }),
)

describe('tokenRate', () => {
  test('in any minute of any schedule, N containers give at most their share and N more', async () => {
    const share = fc.integer({ min: 1, max: 90 })
    await fc.assert(
      fc.asyncProperty(
        share,
        fc.integer({ min: 1, max: 4 }),
        fc.array(step, { maxLength: 25 }),
        async (perMinute, n, steps) => {
          const clock = fakeClock()
          const limiters = Array.from({ length: n }, () => alone(perMinute / n, clock))
          const turns: number[] = []
          for (const one of steps) {
            if (one.kind === 'wait') await clock.elapse(one.ms)
            else {
              const rateLimiter = limiters[one.of % n] as RateLimiter
              if (one.kind === 'close') rateLimiter.close(clock.now() + one.ms)
              else
                for (let i = 0; i < one.times; i++)
                  void rateLimiter.acquire(clock.now() + one.patienceMs).then(({ isGranted }) => {
                    if (isGranted) turns.push(clock.now())
                  })
            }
          }
          await clock.elapse(600_000)
          // Permits are in order of time; the highest number is in a half-open minute that begins with a permit.
          for (const [i, from] of turns.entries())
            expect(turns.slice(i).filter(at => at < from + 60_000).length).toBeLessThanOrEqual(perMinute + n)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('starts empty', async () => {
    const clock = fakeClock()
    const came = asking(alone(60, clock), clock.now)
    await clock.elapse(999)
    expect(came.turn).toBeUndefined()
    await clock.elapse(1)
    expect(came.turn).toEqual({ isGranted: true })
  })

  test('gives the whole share to waiting callers', async () => {
    const clock = fakeClock()
    const rateLimiter = alone(60, clock)
    const came = Array.from({ length: 100 }, () => asking(rateLimiter, clock.now))
    await clock.elapse(60_000)
    expect(came.filter(({ turn }) => turn).length).toBe(60)
  })

  test('refuses at once a permit after the deadline, and uses no token for it', async () => {
    const clock = fakeClock()
    const rateLimiter = alone(6, clock)
    const refused = asking(rateLimiter, clock.now, clock.now() + 9_999)
    const granted = asking(rateLimiter, clock.now, clock.now() + 10_000)
    await clock.elapse(0)
    expect(refused.turn).toEqual({ isGranted: false, inSeconds: 10 })
    await clock.elapse(10_000)
    expect(granted.turn).toEqual({ isGranted: true })
  })

  test('refuses after the deadline, even if there is a token', async () => {
    const clock = fakeClock()
    const rateLimiter = alone(60, clock)
    await clock.elapse(5_000)
    expect(await rateLimiter.acquire(clock.now() - 1)).toMatchObject({ isGranted: false })
  })

  test('a stop delays the callers who already wait, in their order', async () => {
    const clock = fakeClock()
    const startMs = clock.now()
    const rateLimiter = alone(60, clock)
    const came = [1, 2, 3].map(() => asking(rateLimiter, clock.now))
    rateLimiter.close(startMs + 30_000)
    await clock.elapse(29_999)
    expect(came.every(({ turn }) => turn === undefined)).toBe(true)
    await clock.elapse(3_001)
    expect(came.map(({ atMs = 0 }) => atMs - startMs)).toEqual([30_000, 31_000, 32_000])
  })

  test('a second stop delays waiting callers until the later time', async () => {
    const clock = fakeClock()
    const startMs = clock.now()
    const rateLimiter = alone(6, clock)
    const came = asking(rateLimiter, clock.now)
    rateLimiter.close(startMs + 42_000)
    rateLimiter.close(startMs + 7_000)
    await clock.elapse(41_999)
    expect(came.turn).toBeUndefined()
    await clock.elapse(1)
    expect(came.turn).toEqual({ isGranted: true })
  })

  test('a stopped limiter refuses callers who cannot wait, with the seconds until it continues', async () => {
    const clock = fakeClock()
    const rateLimiter = alone(60, clock)
    const waiting = asking(rateLimiter, clock.now, clock.now() + 20_000)
    rateLimiter.close(clock.now() + 42_000)
    rateLimiter.close(clock.now() + 7_000)
    expect(await rateLimiter.acquire(clock.now() + 20_000)).toEqual({ isGranted: false, inSeconds: 42 })
    await clock.elapse(1_000)
    expect(waiting.turn).toEqual({ isGranted: false, inSeconds: 42 })
  })
})
