import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mustYield } from '../../lib/kustomer/agents-part.ts'
import {
  closed,
  type RateItem,
  recovered,
  takeTokens,
  unusedRate,
  yielding,
} from '../../lib/kustomer/rate-item.ts'
import { rate } from '../../lib/policy.ts'

const nowMs = 1_800_000_000_000
const tokenRate = { intervalMs: 100, creditMs: 600 }
const never = Number.POSITIVE_INFINITY
const item = (nextInMs: number, more: Partial<RateItem> = {}): RateItem => ({
  ...{ nextMs: nowMs + nextInMs, closedUntilMs: 0, isYielding: false, epoch: 3, writtenMs: nowMs },
  ...more,
})
/** Returns the times of the tokens, in ms from now, for callers who can wait for so many ms. */
const due = (from: RateItem, waitMs: number[], notBeforeMs = 0) =>
  takeTokens(from, { deadlinesMs: waitMs.map(ms => nowMs + ms), notBeforeMs }, tokenRate, nowMs).dueMs.map(
    at => at - nowMs,
  )

describe('takeTokens', () => {
  test.each<[string, RateItem, number[], number[]]>([
    ['one interval after the other', item(0), [never, never, never], [0, 100, 200]],
    ['after those that others took', item(250), [never, never], [250, 350]],
    ['with a credit for the way to the table', item(-9_000), [never, never], [-600, -500]],
    [
      'no more than a batch has messages',
      item(0),
      Array(12).fill(never),
      [0, 100, 200, 300, 400, 500, 600, 700, 800, 900],
    ],
    ['none after the horizon', item(4_900), [never, never, never], [4_900, 5_000]],
    ['none before the reset', item(0, { closedUntilMs: nowMs + 700 }), [never, never], [700, 800]],
    ['one while yielding', item(300, { isYielding: true }), [never, never], [300]],
    ['none for whom it is too late', item(250), [200, never, 100, never], [250, 350]],
    ['none for whose time is over', item(-9_000), [-1, 0], [-600]],
    ['none if there is no caller', item(0), [], []],
  ])('returns tokens: %s', (_, from, waitMs, expected) => {
    expect(due(from, waitMs)).toEqual(expected)
  })

  test('returns no token before the time that the container knows', () => {
    expect(due(item(0), [never], nowMs + 40)).toEqual([40])
  })

  test('returns the wait of callers who cannot wait, and does not change the item if none can', () => {
    const from = item(250)
    const taken = takeTokens(from, { deadlinesMs: [nowMs + 249, nowMs], notBeforeMs: 0 }, tokenRate, nowMs)
    expect(taken.refused).toEqual([0, 1].map(position => ({ position, dueMs: nowMs + 250 })))
    expect(taken.item).toBe(from)
  })

  test('refuses later callers if they cannot wait for their token', () => {
    const deadlinesMs = [never, never, never, nowMs + 5_050]
    const taken = takeTokens(item(4_900), { deadlinesMs, notBeforeMs: 0 }, tokenRate, nowMs)
    expect(taken.refused).toEqual([{ position: 3, dueMs: nowMs + 5_200 }])
    expect(taken.nextMs).toBe(nowMs + 5_100)
  })

  test('for any item, tokens are at least one interval apart, and so is the next one', () => {
    const wait = fc.oneof(fc.integer({ min: -1_000, max: 60_000 }), fc.constant(never))
    const from = fc.record({ nextInMs: fc.integer({ min: -1e6, max: 1e5 }), isYielding: fc.boolean() })
    fc.assert(
      fc.property(from, fc.array(wait), ({ nextInMs, isYielding }, waitMs) => {
        const deadlinesMs = waitMs.map(ms => nowMs + ms)
        const taken = takeTokens(
          item(nextInMs, { isYielding }),
          { deadlinesMs, notBeforeMs: 0 },
          tokenRate,
          nowMs,
        )
        const all = taken.dueMs.length > 0 ? [...taken.dueMs, taken.item.nextMs] : []
        for (const [i, at] of all.entries())
          if (i > 0) expect(at - (all[i - 1] ?? 0)).toBeGreaterThanOrEqual(tokenRate.intervalMs)
        expect(taken.dueMs.length + taken.refused.length).toBeLessThanOrEqual(waitMs.length)
      }),
    )
  })
})

test('an unused limit starts empty', () => {
  expect(unusedRate(nowMs, tokenRate)).toMatchObject({ nextMs: nowMs + 100, isYielding: false })
})

describe('an epoch starts', () => {
  test('when delivery is stopped for longer, and not when it is already', () => {
    const once = closed(item(0), nowMs + 30_000)
    expect(once).toMatchObject({ closedUntilMs: nowMs + 30_000, epoch: 4 })
    expect(closed(once, nowMs + 7_000)).toBe(once)
    expect(closed(once, nowMs + 42_000)).toMatchObject({ closedUntilMs: nowMs + 42_000, epoch: 5 })
  })

  test('when the relay starts to yield, and not when it yields already', () => {
    const once = yielding(item(0), tokenRate, nowMs)
    expect(once).toMatchObject({ isYielding: true, nextMs: nowMs + rate.probeMs, epoch: 4 })
    expect(yielding(once, tokenRate, nowMs + 1_000)).toBe(once)
  })

  test('when it stops yielding, and not when it has stopped already; no token is earlier than an interval', () => {
    const back = recovered(yielding(item(0), tokenRate, nowMs), tokenRate, nowMs)
    expect(back).toMatchObject({ isYielding: false, nextMs: nowMs + 100, epoch: 5 })
    expect(recovered(back, tokenRate, nowMs)).toBe(back)
    const near = item(40, { isYielding: true })
    expect(recovered(near, tokenRate, nowMs).nextMs).toBe(nowMs + 40)
  })

  test('yielding makes no token earlier', () => {
    expect(yielding(item(9_000), tokenRate, nowMs).nextMs).toBe(nowMs + 9_000)
  })
})

describe('the relay yields', () => {
  test.each<[string, number, boolean, boolean]>([
    ['not while the agents have their part', 200, false, false],
    ['not for what may be measured inexactly', 183, false, false],
    ['when less remains', 182, false, true],
    ['when nothing remains', 0, false, true],
    ['still, until their part remains', 199, true, true],
    ['no longer than that', 200, true, false],
  ])('%s: %i remain', (_, remaining, isYielding, expected) => {
    expect(mustYield(remaining, { perMinute: 1_000, share: 0.8 }, isYielding)).toBe(expected)
  })

  test.each([true, false])('never if it may use the whole limit', isYielding => {
    expect(mustYield(0, { perMinute: 1_000, share: 1 }, isYielding)).toBe(false)
  })
})
