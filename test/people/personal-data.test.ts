import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createKustomerModel } from '../../tools/simulation/kustomer-model.ts'
import { relayUnderTest } from '../simulation/relay-under-test.ts'

const letters = (length: number) => fc.stringMatching(new RegExp(`^[a-z]{${length}}$`))
/** Texts about a person. All ids and names look like the hashes of a record: 16 letters. */
const person = fc.record({
  userId: letters(16),
  anonymousId: letters(16),
  name: letters(16),
  email: letters(9).map(name => `${name}@mail.test`),
  phone: fc.stringMatching(/^\+1555[0-9]{7}$/),
})
type Texts = typeof person extends fc.Arbitrary<infer T> ? T : never

/** A visitor who becomes a user, buys something, and gets somebody else's address, which Kustomer refuses. */
function eventsOf({ userId, anonymousId, ...traits }: Texts, othersEmail: string) {
  return [
    { type: 'page', anonymousId, name: 'Home' },
    { type: 'identify', anonymousId, traits },
    { type: 'identify', userId, anonymousId, traits },
    { type: 'track', userId, event: traits.name, properties: { ...traits, userId } },
    { type: 'identify', userId, traits: { emails: [traits.email, othersEmail] } },
  ].map((event, i) => ({ ...event, messageId: `${userId} ${i}` }))
}

test('the records of generated people, who went through the whole worker, hold no text about them', async () => {
  const people = fc.sample(person, { numRuns: 20, seed: 1 })
  const { post, clock, relay, records } = relayUnderTest({}, ports => {
    const chancesFor = () => ({})
    return createKustomerModel({ ...ports, chancesFor, options: { apiKey: 'key' } }).transport('worker', 1)
  })
  const posts = people.flatMap((one, i) =>
    eventsOf(one, people[(i + 1) % people.length]?.email ?? '').map(event => post(event)),
  )
  await clock.runUntil(clock.now() + 600_000, () => false)
  expect(new Set(await Promise.all(posts))).toEqual(new Set([202]))
  expect(relay.isIdle()).toBe(true)
  expect(records.size).toBe(2 * people.length)
  const text = JSON.stringify([...records]).toLowerCase()
  for (const part of ['addresses', 'refused', 'identify', 'delivered', 'customerid'])
    expect(text).toContain(`"${part}"`)
  const found = people
    .flatMap(one => Object.values(one))
    .filter(data => text.includes(data.split('@')[0] ?? ''))
  expect(found).toEqual([])
})
