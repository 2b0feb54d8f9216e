import { expect, test } from 'vitest'
import { identify, startTestRelay, type TestRelay } from './relay-harness.ts'

const people = (prefix: string) => Array.from({ length: 100 }, (_, i) => `${prefix}${i}`)
const emailOf = (person: string) => `${person.toLowerCase()}@example.test`

/** Ten identifies of each of these, in ten rounds; gives the number of requests that they cost. */
async function costOf(one: TestRelay, all: string[]): Promise<number> {
  const before = one.standIn.requests.length
  for (let round = 1; round <= 10; round++)
    await one.send(...all.map(person => identify(person, `${person} ${round}`, { email: emailOf(person) })))
  expect(await one.settled(50)).toMatchObject({ lost: [], dead: [], disordered: [] })
  return one.standIn.requests.length - before
}

// Both containers share the person records: a person costs the look-ups once. Measured on a quiet machine: exactly
// these numbers, 100 look-ups and 1,000 writes; 200 look-ups, 100 creates and 900 updates.
test('1,000 identifies of 100 people, two containers: 1,100 calls where Kustomer knows them, else 1,200', async () => {
  const one = await startTestRelay()
  for (const person of people('Known'))
    one.standIn.addCustomer({ externalId: person, name: person, emails: [{ email: emailOf(person) }] })
  expect(await costOf(one, people('Known'))).toBeLessThanOrEqual(1_100)
  expect(await costOf(one, people('New'))).toBeLessThanOrEqual(1_200)
  expect(one.standIn.customers()).toHaveLength(200)
  await one.close()
})
