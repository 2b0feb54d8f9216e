import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTableStore } from '../../../lib/people/table-store.ts'
import { metrics } from '../../../lib/policy.ts'
import { groupIdOf } from '../../../lib/queue/envelope.ts'
import { systemClock } from '../../../lib/runtime/clock.ts'
import { personSalt } from '../../../tools/local-relay/function-environment.ts'
import { balanced, identify, startTestRelay, step, type TestRelay, until } from '../relay-harness.ts'

let one: TestRelay
beforeEach(async () => {
  one = await startTestRelay()
})
afterEach(() => one.close())

const people = Array.from({ length: 12 }, (_, i) => `Person${i}`)
const delivered = () => one.relay.ledger.counts.delivered

/** The sum of the metric in the workers' log so far. */
function unavailable(): number {
  const lines = readFileSync(join(one.dataDir, 'worker.log'), 'utf8').split('\n')
  const values = lines.flatMap(line => {
    const found = line.startsWith('{') && JSON.parse(line)[metrics.personRecordsUnavailable]
    return found ? [found].flat() : []
  })
  return values.reduce((sum, value) => sum + value, 0)
}

test('a table that stops in the middle of a run: nothing is lost, the order holds, and it recovers by itself', async () => {
  await one.send(...people.map(person => step(person, 1)))
  await until(() => delivered() >= 3, 'the first deliveries')
  one.relay.people.setDown(true)
  await one.send(...people.map(person => step(person, 2)))
  await one.send(...people.map(person => identify(person, `Name of ${person}`)))
  await until(() => delivered() >= 3 * people.length, 'deliveries without the table')
  expect(unavailable()).toBeGreaterThan(0)

  one.relay.people.setDown(false)
  // On a busy machine a read or a write of the table may still be too late, so there may be more than one round.
  let round = 2
  for (let known = 0; known < people.length && round < 20; known = await knownPeople()) {
    round++
    await one.send(...people.map(person => step(person, round)))
    await one.settled()
  }
  expect(await knownPeople()).toBe(people.length)
  expect(await one.settled()).toEqual(balanced((round + 1) * people.length))
})

/** The number of people whose record has a customer and two delivered events at least. */
async function knownPeople(): Promise<number> {
  const { dynamo, tableName } = one.relay.people
  const groups = people.map(person => groupIdOf(person, personSalt))
  const records = await createTableStore(dynamo, tableName, systemClock).load(groups)
  return [...records.values()].filter(({ person }) => person.delivered.length >= 2 && person.customerId)
    .length
}
