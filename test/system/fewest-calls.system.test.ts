import { expect, test } from 'vitest'
import { identify, startTestRelay, type TestRelay } from './relay-harness.ts'

const people = (prefix: string) => Array.from({ length: 100 }, (_, i) => `${prefix}${i}`)
const emailOf = (person: string) => `${person.toLowerCase()}@example.test`

/** Ten identifies of each of these, in ten rounds; gives the number of requests that they cost. */
async function costOf(one: TestRelay, all: string[]): Promise<number> {
  const before = one.standIn.requests.length
  for (let round = 1; round <= 10; round++)
    await one.send(...all.map(person => identify(person, `${person} ${round}`, { email: emailOf(person) })))
  expect(await one.settled()).toMatchObject({ lost: [], dead: [], disordered: [] })
  return one.standIn.requests.length - before
}

// Each container remembers for itself: a person costs one look-up in every container that meets it, 1,200 at the most.
// That one container keeps to 1,100 is shown where deliveries are counted.
test('1,000 identifies of 100 people, two containers: at most 1,200 calls where Kustomer knows them, else 1,400', async () => {
  const one = await startTestRelay()
  for (const person of people('Known'))
    one.standIn.addCustomer({ externalId: person, name: person, emails: [{ email: emailOf(person) }] })
  expect(await costOf(one, people('Known'))).toBeLessThanOrEqual(1_200)
  expect(await costOf(one, people('New'))).toBeLessThanOrEqual(1_400)
  expect(one.standIn.customers()).toHaveLength(200)
  await one.close()
})
