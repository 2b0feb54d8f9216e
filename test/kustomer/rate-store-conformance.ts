import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RateItem } from '../../lib/kustomer/rate-item.ts'
import type { RateStore } from '../../lib/kustomer/rate-store.ts'

/** A store, and the function that closes it. */
export interface StoreUnderTest {
  store: RateStore
  close?(): Promise<void>
}

/** The tests for every store of the rate limit. Each test uses the writes of the tests before it. */
export function rateStoreConformance(make: () => Promise<StoreUnderTest>): void {
  let one: StoreUnderTest
  beforeAll(async () => {
    one = await make()
  })
  afterAll(async () => one.close?.())
  const first: RateItem = {
    ...{
      nextMs: 1_800_000_000_000.25,
      closedUntilMs: 0,
      isYielding: false,
      epoch: 0,
      writtenMs: 1_800_000_000_000,
    },
  }
  const asFirst = { idleSinceMs: first.nextMs, epoch: 0, nowMs: first.writtenMs }
  const second: RateItem = { ...first, closedUntilMs: 1_800_000_030_000, isYielding: true, epoch: 1 }

  test('starts without an item', async () => {
    expect(await one.store.load()).toEqual({ item: undefined, version: 0 })
  })

  test('has no idle item then', async () => {
    expect(await one.store.saveIdle(first, asFirst)).toBeUndefined()
    expect(await one.store.load()).toEqual({ item: undefined, version: 0 })
  })

  test('refuses a write over a version that does not exist', async () => {
    expect(await one.store.save(first, 1)).toBe(false)
    expect(await one.store.load()).toEqual({ item: undefined, version: 0 })
  })

  test('returns exactly what was saved', async () => {
    expect(await one.store.save(first, 0)).toBe(true)
    expect(await one.store.load()).toEqual({ item: first, version: 1 })
    expect(await one.store.save(second, 1)).toBe(true)
    expect(await one.store.load()).toEqual({ item: second, version: 2 })
  })

  test.each([0, 1, 3])('refuses a write over another version: %i', async version => {
    expect(await one.store.save(first, version)).toBe(false)
    expect(await one.store.load()).toEqual({ item: second, version: 2 })
  })

  test('lets one of several writers win', async () => {
    const saved = await Promise.all([4, 5, 6].map(epoch => one.store.save({ ...second, epoch }, 2)))
    expect(saved.filter(Boolean)).toHaveLength(1)
    expect((await one.store.load()).version).toBe(3)
  })

  test('writes over an idle item without its version', async () => {
    expect(await one.store.save(first, 3)).toBe(true)
    const later = { ...first, nextMs: first.nextMs + 75, writtenMs: first.writtenMs + 600 }
    expect(await one.store.saveIdle(later, asFirst)).toBe(5)
    expect(await one.store.load()).toEqual({ item: later, version: 5 })
  })

  test.each([
    ['a token was due later', first, { ...asFirst, idleSinceMs: first.nextMs - 0.25 }],
    ['delivery is stopped', { ...first, closedUntilMs: first.nextMs + 1 }, asFirst],
    ['it is slowed down', { ...first, isYielding: true }, asFirst],
    ['delivery was stopped and resumed', { ...first, epoch: 1 }, asFirst],
    ['its writer’s clock is ahead', first, { ...asFirst, nowMs: first.writtenMs - 1 }],
  ])('refuses to write over an item that is not idle: %s', async (_, stored, expected) => {
    const { version } = await one.store.load()
    expect(await one.store.save(stored, version)).toBe(true)
    expect(await one.store.saveIdle(first, expected)).toBeUndefined()
    expect(await one.store.load()).toEqual({ item: stored, version: version + 1 })
  })

  test('lets one of several writers win an idle item', async () => {
    const { version } = await one.store.load()
    expect(await one.store.save(first, version)).toBe(true)
    const busy = { ...first, nextMs: first.nextMs + 75 }
    const saved = await Promise.all([1, 2, 3].map(() => one.store.saveIdle(busy, asFirst)))
    expect(saved.filter(Boolean)).toEqual([version + 2])
  })
}
