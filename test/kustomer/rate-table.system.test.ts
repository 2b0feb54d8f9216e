import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createRateLimiter } from '../../lib/kustomer/rate-limiter.ts'
import { createRateTable } from '../../lib/kustomer/rate-table.ts'
import { personRecords, rate } from '../../lib/policy.ts'
import { systemClock as clock } from '../../lib/runtime/clock.ts'
import { startPeopleTable } from '../../tools/local-relay/people-table.ts'
import { rateStoreConformance } from './rate-store-conformance.ts'

async function table() {
  const { dynamo, tableName, close } = await startPeopleTable()
  return { store: createRateTable(dynamo, tableName), dynamo, tableName, close }
}

describe('the item in the table', () => {
  rateStoreConformance(table)
})

test.each([
  ['without anything but its version', { version: { N: '7' } }],
  ['with a text for a number', { version: { N: '7' }, nextMs: { S: 'soon' }, isYielding: { BOOL: false } }],
])('an item %s counts as missing, and can be overwritten', async (_, attributes) => {
  const { store, dynamo, tableName: TableName, close } = await table()
  onTestFinished(close)
  const Item = { [personRecords.table.key]: { S: rate.itemId }, ...attributes }
  await dynamo.send(new PutItemCommand({ TableName, Item }))
  expect(await store.load()).toEqual({ item: undefined, version: 7 })
  const item = { nextMs: 1, closedUntilMs: 0, isYielding: false, epoch: 0, writtenMs: 1 }
  expect(await store.save(item, 7)).toBe(true)
  expect(await store.load()).toEqual({ item, version: 8 })
})

test('a missing table rejects, and limiters continue without it', async () => {
  const { dynamo, close } = await table()
  onTestFinished(close)
  const store = createRateTable(dynamo, 'no-such-table')
  await expect(store.load()).rejects.toThrow()
  const limiter = createRateLimiter({ perMinute: 60_000, share: 1, containers: 1, clock, store })
  expect(await limiter.acquire(clock.now() + 20_000)).toEqual({ isGranted: true })
})

test('limiters with one table give every caller a permit', async () => {
  const { store, close } = await table()
  onTestFinished(close)
  const limiters = [1, 2, 3].map(() =>
    createRateLimiter({ perMinute: 60_000, share: 1, containers: 3, clock, store }),
  )
  const permits = Array.from({ length: 60 }, (_, i) => limiters[i % 3]?.acquire(clock.now() + 20_000))
  expect(await Promise.all(permits)).toEqual(permits.map(() => ({ isGranted: true })))
  expect((await store.load()).version).toBeGreaterThan(1)
})
