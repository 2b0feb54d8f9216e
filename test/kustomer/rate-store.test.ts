import { describe, expect, test } from 'vitest'
import { createMemoryRateStore, inTime } from '../../lib/kustomer/rate-store.ts'
import { rateStoreConformance } from './rate-store-conformance.ts'
import { virtualTime } from './virtual-time.ts'

describe('the store in memory', () => {
  rateStoreConformance(async () => ({ store: createMemoryRateStore() }))
})

describe('a store that must answer in time', () => {
  rateStoreConformance(async () => ({ store: inTime(createMemoryRateStore(), virtualTime()) }))

  test('rejects when it does not', async () => {
    const time = virtualTime()
    const hanging = {
      load: () => new Promise<never>(() => undefined),
      save: () => new Promise<never>(() => undefined),
      saveIdle: () => new Promise<never>(() => undefined),
    }
    const store = inTime(hanging, time)
    const item = { nextMs: 1, closedUntilMs: 0, isYielding: false, epoch: 0, writtenMs: 1 }
    const expected = { idleSinceMs: 0, epoch: 0, nowMs: 0 }
    const answers = Promise.allSettled([store.load(), store.save(item, 0), store.saveIdle(item, expected)])
    await time.run(1_000)
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  })
})
