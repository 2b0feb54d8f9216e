import { afterAll, beforeAll, expect, test } from 'vitest'
import { identify, startTestRelay, type TestRelay } from './relay-harness.ts'

let one: TestRelay
beforeAll(async () => {
  one = await startTestRelay()
})
afterAll(() => one.close())

const people = (prefix: string) => Array.from({ length: 100 }, (_, i) => `${prefix}${i}`)
const emailOf = (person: string) => `${person.toLowerCase()}@example.test`

/** Ten identifies of each of these, in ten rounds; gives the number of requests that they cost. */
async function costOf(all: string[]): Promise<number> {
  const before = one.standIn.requests.length
  for (let round = 1; round <= 10; round++)
    await one.send(...all.map(person => identify(person, `${person} ${round}`, { email: emailOf(person) })))
  expect(await one.settled()).toMatchObject({ lost: [], dead: [], disordered: [] })
  return one.standIn.requests.length - before
}

test('1,000 identifies of 100 known people cost at most 1,100 calls with two workers', async () => {
  const known = people('Known')
  for (const person of known)
    one.standIn.addCustomer({ externalId: person, name: person, emails: [{ email: emailOf(person) }] })
  expect(await costOf(known)).toBeLessThanOrEqual(1_100)
})

test('1,000 identifies of 100 new people cost at most 1,400 calls with two workers', async () => {
  expect(await costOf(people('New'))).toBeLessThanOrEqual(1_400)
  expect(one.standIn.customers()).toHaveLength(200)
})
