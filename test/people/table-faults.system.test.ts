import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPeople } from '../../lib/people/people.ts'
import { emptyPerson, type PeopleStore } from '../../lib/people/person.ts'
import { createTableStore } from '../../lib/people/table-store.ts'
import { personRecords as limits, tableClient } from '../../lib/policy.ts'
import { startPeopleTable } from '../../tools/local-relay/people-table.ts'
import { type FaultyTable, startFaultyTable, type TableFault } from './faulty-table.ts'
import { samplePerson } from './sample-person.ts'

const nowMs = 1_800_000_000_000

/** Records the length of each wait, and does not wait. */
function countingClock() {
  const waitsMs: number[] = []
  return { waitsMs, now: () => nowMs, sleep: async (ms: number) => void waitsMs.push(ms) }
}

describe('a table with faults', () => {
  let table: FaultyTable
  beforeAll(async () => {
    table = await startFaultyTable(10_000)
  })
  afterAll(() => table.close())
  const prepared = (...faults: (TableFault | undefined)[]) => {
    const clock = countingClock()
    table.faults.splice(0, Number.POSITIVE_INFINITY, ...faults)
    table.requests.length = 0
    return { store: createTableStore(table.dynamo, table.tableName, clock), clock }
  }

  test.each<TableFault>(['throttled', 'failed', 'broken'])(
    'a read that is %s once is tried again',
    async fault => {
      const { store } = prepared(fault)
      expect((await store.load(['nobody'])).size).toBe(0)
      expect(table.requests).toEqual(['BatchGetItem', 'BatchGetItem'])
    },
  )

  test.each<[TableFault, string]>([
    ['throttled', 'ThrottlingException'],
    ['failed', 'InternalServerError'],
  ])('a request that is %s twice rejects', async (fault, name) => {
    const { store } = prepared(fault, fault, fault, fault)
    await expect(store.load(['a'])).rejects.toMatchObject({ name })
    await expect(store.save('a', emptyPerson(), 0)).rejects.toMatchObject({ name })
    expect(table.requests).toHaveLength(2 * tableClient.maxAttempts)
  })

  test('unprocessed keys are requested again, with a longer delay each time', async () => {
    const { store, clock } = prepared()
    for (const id of ['u1', 'u2', 'u3']) await store.save(id, samplePerson(1), 0)
    table.faults.push('unprocessed', 'unprocessed')
    expect([...(await store.load(['u1', 'u2', 'u3'])).keys()]).toEqual(['u1', 'u2', 'u3'])
    expect(clock.waitsMs).toEqual([limits.unprocessedDelayMs, 2 * limits.unprocessedDelayMs])
  })

  test('keys that stay unprocessed are a failure, within the timeout of a read', async () => {
    const { store, clock } = prepared(...Array.from({ length: 20 }, () => 'unprocessed' as const))
    const ids = Array.from({ length: 50 }, (_, i) => `id${i}`)
    await expect(store.load(ids)).rejects.toThrow('unprocessed')
    expect(clock.waitsMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(limits.timeoutMs)
  })

  // The SDK tries it again, and DynamoDB refuses the second try because of the version of the first.
  test('a write that was stored without an answer counts as saved', async () => {
    const { store } = prepared(undefined, 'broken')
    const people = await peopleOf(store).open(['cut'])
    people.get('cut').customerId = 'id1'
    expect(await people.save('cut')).toBe(true)
    expect(table.requests).toEqual(['BatchGetItem', 'UpdateItem', 'UpdateItem', 'BatchGetItem'])
    expect((await store.load(['cut'])).get('cut')).toMatchObject({
      version: 1,
      person: { customerId: 'id1' },
    })
  })

  test('a missing table is a failure', async () => {
    prepared()
    const { open, errors } = peopleOf(createTableStore(table.dynamo, 'no-such-table', patientClock))
    const people = await open(['a'])
    people.get('a').customerId = 'id1'
    expect(await people.save('a')).toBe(false)
    expect(errors).toMatchObject([{ name: 'ResourceNotFoundException' }])
  })
})

test('a table without an answer fails after the second try', async () => {
  const table = await startFaultyTable(50)
  table.faults.push('silent', 'silent')
  const store = createTableStore(table.dynamo, table.tableName, patientClock)
  // Counted by the client: a busy table may not receive a request that is aborted after 50 ms.
  await expect(store.load(['a'])).rejects.toMatchObject({
    message: expect.stringContaining('50 ms'),
    $metadata: { attempts: 2 },
  })
  await table.close()
})

test('a local table that is down fails, and still has its records when it is up again', async () => {
  const { dynamo, tableName, setDown, close } = await startPeopleTable()
  const store = createTableStore(dynamo, tableName, patientClock)
  await store.save('a', samplePerson(1), 0)
  setDown(true)
  await expect(store.load(['a'])).rejects.toThrow()
  setDown(false)
  expect((await store.load(['a'])).get('a')?.version).toBe(1)
  await close()
})

test('two tries of the client end within the timeout of a read', () => {
  const { maxAttempts, requestHandler } = tableClient
  expect(maxAttempts * requestHandler.requestTimeout).toBeLessThan(limits.timeoutMs)
})

/** A clock without timeouts, for slow machines. */
const patientClock = { now: () => nowMs, sleep: () => new Promise<void>(() => undefined) }

function peopleOf(store: PeopleStore) {
  const errors: unknown[] = []
  const metrics = { add: () => undefined }
  const onUnavailable = (error: unknown) => void errors.push(error)
  return { ...createPeople(store, { clock: patientClock, metrics, onUnavailable }), errors }
}
