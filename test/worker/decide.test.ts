import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import { backoff, waitAfter } from '../../lib/worker/backoff.ts'
import type { Attempts } from '../../lib/worker/count-attempts.ts'
import { type Circumstances, decide } from '../../lib/worker/decide.ts'

const times = { baseSeconds: 5, maxSeconds: 900, giveUpAfterSeconds: 259_200 }
const none: Attempts = { conflicts: 0, unavailable: 0, failed: 0, total: 0, sinceFirstSeconds: 0 }
const at = (attempts: Partial<Attempts> = {}, receives = 1, mayDouble = false): Circumstances => ({
  attempts: { ...none, ...attempts },
  ...{ receives, mayDouble, times, random: 0.5 },
})
const ageing = (total: number, sinceFirstSeconds: number) =>
  at({ total, unavailable: total, sinceFirstSeconds })
const done = { kind: 'done' }
const again = (inSeconds: number) => ({ kind: 'retry', inSeconds })
const why = 'because'
const down: Outcome = { kind: 'unavailable', why, mayBeStored: false }
const shut: Outcome = { kind: 'unauthorized', why, status: 401 }
const conflict: Outcome = { kind: 'conflict', why, status: 409 }
const failed: Outcome = { kind: 'failed', why }
const young = 259_200
const old = 259_200.001

describe('decide', () => {
  test.each<[string, Outcome, Circumstances, object]>([
    ['delivered is done', { kind: 'delivered' }, at(), done],
    ['skipped is done', { kind: 'skipped', why }, ageing(900, old), done],
    [
      'rejected is dead-lettered at once',
      { kind: 'rejected', code: 'REJECTED', why },
      at(),
      { kind: 'deadLetter', code: 'REJECTED', why },
    ],
    ['a conflict is tried again', conflict, at({ conflicts: 1 }), again(5)],
    ['a conflict is tried a fourth time', conflict, at({ conflicts: 3, total: 99 }), again(5)],
    [
      'the fourth conflict is dead-lettered',
      conflict,
      at({ conflicts: 4 }),
      { kind: 'deadLetter', code: 'CONFLICT', why },
    ],
    ['throttled waits for the reset', { kind: 'throttled', inSeconds: 17.4, status: 429 }, at(), again(17)],
    [
      'throttled is never dead-lettered',
      { kind: 'throttled', inSeconds: 3, status: 429 },
      { ...ageing(999, 9 * old), receives: 999 },
      again(900),
    ],
    ['the cap holds for resets', { kind: 'throttled', inSeconds: 901, status: 429 }, at(), again(900)],
    ['unattempted waits', { kind: 'unattempted', inSeconds: 12, why }, at(), again(12)],
    ['unattempted waits 1 s at least', { kind: 'unattempted', inSeconds: 0, why }, at(), again(1)],
    [
      'unattempted again and again waits longer',
      { kind: 'unattempted', inSeconds: 2, why },
      at({}, 50),
      again(225),
    ],
    ['unavailable backs off', down, at({ unavailable: 3 }), again(20)],
    ['unavailable that may be stored waits longer', down, at({ unavailable: 2 }, 1, true), again(120)],
    ['unavailable at the age of giving up', down, ageing(50, young), again(900)],
    ['unavailable and older, but hardly tried', down, ageing(4, old), again(40)],
    [
      'unavailable and older is dead-lettered',
      down,
      ageing(5, old),
      { kind: 'deadLetter', code: 'UNAVAILABLE', why: `${why}. Replay it when Kustomer answers again.` },
    ],
    ['unauthorized waits longest', shut, at(), again(900)],
    ['unauthorized at the age of giving up', shut, ageing(99, young), again(900)],
    [
      'unauthorized and older is dead-lettered',
      shut,
      ageing(5, old),
      { kind: 'deadLetter', code: 'UNAUTHORIZED', why },
    ],
    ['failed backs off', failed, at({ failed: 4, sinceFirstSeconds: 9 * old }), again(40)],
    [
      'failed five times within the hour backs off',
      failed,
      at({ failed: 5, sinceFirstSeconds: 3_599 }),
      again(80),
    ],
    [
      'failed five times over an hour is dead-lettered',
      failed,
      at({ failed: 5, sinceFirstSeconds: 3_600 }),
      { kind: 'deadLetter', code: 'FAILED', why: `Report this bug of the relay, then replay: ${why}` },
    ],
  ])('%s', (_, outcome, circumstances, expected) => {
    expect(decide(outcome, circumstances)).toEqual(expected)
  })

  test('returns a decision for any outcome, and every delay is whole seconds from 1 to the cap', () => {
    const anyNumber = fc.oneof(fc.double(), fc.integer())
    const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
      fc.constantFrom<Outcome>(down, shut, conflict, failed, { kind: 'delivered' }, { kind: 'skipped', why }),
      anyNumber.map((inSeconds): Outcome => ({ kind: 'throttled', status: 429, inSeconds })),
      anyNumber.map((inSeconds): Outcome => ({ kind: 'unattempted', why, inSeconds })),
      fc.string().map((text): Outcome => ({ kind: 'rejected', code: 'REJECTED', why: text })),
    )
    const circumstances = fc.record({
      attempts: fc.record({
        conflicts: anyNumber,
        unavailable: anyNumber,
        failed: anyNumber,
        total: anyNumber,
        sinceFirstSeconds: anyNumber,
      }),
      receives: anyNumber,
      mayDouble: fc.boolean(),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
      times: fc.record({
        baseSeconds: fc.double({ min: 1, max: 900, noNaN: true }),
        maxSeconds: fc.double({ min: 1, max: 43_200, noNaN: true }),
        giveUpAfterSeconds: fc.double({ min: 1, max: 1_209_600, noNaN: true }),
      }),
    })
    fc.assert(
      fc.property(outcomes, circumstances, (outcome, around) => {
        const decision = decide(outcome, around)
        const isDelay = (n: number) => Number.isInteger(n) && n >= 1 && n <= around.times.maxSeconds
        return decision.kind === 'retry'
          ? isDelay(decision.inSeconds)
          : ['done', 'deadLetter'].includes(decision.kind)
      }),
    )
  })
})

describe('backoff', () => {
  test.each([
    [1, 0.5, 5],
    [2, 0.5, 10],
    [3, 0.5, 20],
    [8, 0.5, 640],
    [9, 0.5, 900],
    [1_000, 0.5, 900],
    [3, 0, 16],
    [3, 1, 24],
    [9, 1, 900],
  ])('attempt %i at random %f waits %i s', (attempt, random, expected) => {
    expect(backoff(attempt, times, random, false)).toBe(expected)
  })
})

test('an event that only waits lasts more than nine days within the receives that SQS allows', () => {
  const receives = Array.from({ length: 1_000 }, (_, index) => index + 1)
  const seconds = receives.reduce((sum, receive) => sum + waitAfter(receive, times), 0)
  expect(seconds / 86_400).toBeGreaterThan(9)
  expect(waitAfter(3, times)).toBe(1)
})
