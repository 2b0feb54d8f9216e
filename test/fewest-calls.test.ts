import { describe, expect, test } from 'vitest'
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

// Each container remembers for itself: a person costs one look-up in every container that meets it.
describe.each([
  { workerConcurrency: 1, known: 1_100, strangers: 1_400 },
  { workerConcurrency: 2, known: 1_200, strangers: 1_400 },
])(
  '1,000 identifies of 100 people, $workerConcurrency container(s)',
  ({ workerConcurrency, known, strangers }) => {
    test(`cost at most ${known} calls where Kustomer knows them, ${strangers} where it does not`, async () => {
      const one = await startTestRelay({ workerConcurrency })
      for (const person of people('Known'))
        one.standIn.addCustomer({ externalId: person, name: person, emails: [{ email: emailOf(person) }] })
      expect(await costOf(one, people('Known'))).toBeLessThanOrEqual(known)
      expect(await costOf(one, people('New'))).toBeLessThanOrEqual(strangers)
      expect(one.standIn.customers()).toHaveLength(200)
      await one.close()
    })
  },
)
