import { expect, onTestFinished, test } from 'vitest'
import { identify, startTestRelay, type TestRelay } from './relay-harness.ts'

const people = (prefix: string) => Array.from({ length: 50 }, (_, i) => `${prefix}${i}`)
const emailOf = (person: string) => `${person.toLowerCase()}@example.test`

/** Sends ten identifies of each of these people, in ten rounds. Returns the number of requests. */
async function costOf(one: TestRelay, all: string[]): Promise<number> {
  const before = one.standIn.requests.length
  for (let round = 1; round <= 10; round++)
    await one.send(...all.map(person => identify(person, `${person} ${round}`, { email: emailOf(person) })))
  expect(await one.settled()).toMatchObject({ lost: [], dead: [], disordered: [] })
  return one.standIn.requests.length - before
}

// The event source sends a batch to any free container, as Lambda does, and both share the person records. A known
// person needs a look-up and ten updates; a new one two look-ups, a create and nine updates. This was measured.
test('ten identifies of each of 50 people, two containers: 11 calls a known person, 12 a new one', async () => {
  const one = await startTestRelay()
  onTestFinished(one.close)
  for (const person of people('Known'))
    one.standIn.addCustomer({ externalId: person, name: person, emails: [{ email: emailOf(person) }] })
  expect(await costOf(one, people('Known'))).toBeLessThanOrEqual(50 * 11)
  expect(await costOf(one, people('New'))).toBeLessThanOrEqual(50 * 12)
  expect(one.standIn.customers()).toHaveLength(100)
})
