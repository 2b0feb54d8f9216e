import { afterAll, beforeAll, expect, test } from 'vitest'
import { quiet, startTestRelay, type TestRelay, until } from './relay-harness.ts'

const people = Array.from({ length: 40 }, (_, i) => `Person${i}`)
let one: TestRelay
let rounds = 0

beforeAll(async () => {
  one = await startTestRelay()
})
afterAll(() => one.close())

/** Sends an identify of each person. Returns the numbers of writes and of all requests, by person. */
async function identifyAll(traits: object) {
  const before = one.standIn.requests.length
  rounds++
  const events = people.map(userId => ({
    ...{ type: 'identify', messageId: `${userId} ${rounds}`, userId },
    traits: { email: `${userId.toLowerCase()}@example.test`, ...traits },
  }))
  expect(await one.post(events)).toMatchObject({ status: 202, body: { queued: people.length } })
  await quiet(one.relay)
  const requests = one.standIn.requests.slice(before)
  return { requests: requests.length, writes: requests.filter(({ applied }) => applied) }
}

/** Ends every worker as a crash would. */
async function killWorkers() {
  const before = one.relay.pids()
  for (const worker of [0, 1]) one.relay.killWorker(worker)
  await until(() => one.relay.pids().every((pid, i) => i === 0 || pid !== before[i]), 'other workers')
}

// The local relay keeps the person records in dynalite, outside of the workers.
test('40 people, five identical identifies each: one write a person, also after every worker was killed', async () => {
  const first = await identifyAll({ name: 'A name' })
  expect(first.writes.map(({ externalId }) => externalId).toSorted()).toEqual(people.toSorted())
  for (const mayKill of [false, true, false, true]) {
    if (mayKill) await killWorkers()
    expect(await identifyAll({ name: 'A name' })).toEqual({ requests: 0, writes: [] })
  }
})

test('a changed trait is one write a person, and no look-up', async () => {
  await killWorkers()
  const { requests, writes } = await identifyAll({ name: 'Another' })
  expect(writes.map(({ kind, externalId }) => `${kind} ${externalId}`).toSorted()).toEqual(
    people.map(person => `update ${person}`).toSorted(),
  )
  expect(requests).toBe(people.length)
})
