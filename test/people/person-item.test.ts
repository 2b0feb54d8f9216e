import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rememberAddresses } from '../../lib/people/addresses.ts'
import { rememberDelivered } from '../../lib/people/delivered.ts'
import { deliveredCodec } from '../../lib/people/delivered-codec.ts'
import { createMemoryStore } from '../../lib/people/memory-store.ts'
import { emptyPerson, type Person } from '../../lib/people/person.ts'
import type { Item } from '../../lib/people/person-item.ts'
import { itemSize, unitsOf } from '../../tools/simulation/item-size.ts'
import { fakeClock } from '../runtime/fake-clock.ts'
import { hash, samplePerson } from './sample-person.ts'

async function itemOf(person: Person): Promise<Item> {
  const items = new Map<string, Item>()
  const groupId = 'a'.repeat(64)
  await createMemoryStore(fakeClock(), items).save(groupId, person, 0)
  return { id: { S: groupId }, ...items.get(groupId) }
}

describe('the size of an item', () => {
  test.each([
    { why: 'a person who is known and nothing more', person: known(), maxBytes: 150, write: 1, read: 1 },
    { why: 'a usual week: 2 addresses, 12 events', person: week(12), maxBytes: 450, write: 1, read: 1 },
    { why: 'a busy week: 2 addresses, 55 events', person: week(55), maxBytes: 1_024, write: 1, read: 1 },
    { why: '2 addresses, 128 events', person: week(128), maxBytes: 2_048, write: 2, read: 1 },
    { why: 'all lists full', person: samplePerson(200), maxBytes: 3_500, write: 4, read: 1 },
  ])('$why: at most $maxBytes bytes', async ({ person, maxBytes, write, read }) => {
    const bytes = itemSize(await itemOf(person))
    expect(bytes).toBeLessThanOrEqual(maxBytes)
    expect(unitsOf(bytes)).toEqual({ write, read })
  })

  test('is computed by the rules of DynamoDB', () => {
    expect(
      itemSize({ ab: { S: 'é' }, n: { N: '-123' }, l: { L: [{ S: 'x' }] }, m: { M: { k: { N: '1' } } } }),
    ).toBe(4 + (1 + 4) + (1 + 3 + 2) + (1 + 3 + 1 + 1 + 2))
  })
})

describe('the ids of delivered events', () => {
  const entry = fc.record({
    id: fc.string().map(hash),
    atMs: fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(second => second * 1_000),
  })

  test('come back as they were written, to the second', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 128 }), fc.nat(999), (delivered, ms) => {
        const later = delivered.map(one => ({ ...one, atMs: one.atMs + ms }))
        expect(deliveredCodec.read(deliveredCodec.write(later))).toEqual(delivered)
      }),
    )
  })

  test.each([
    { id: 'ann@example.com', atMs: 1 },
    { id: hash(1), atMs: -1 },
    { id: hash(1), atMs: Number.NaN },
    { id: hash(1), atMs: 2 ** 32 * 1_000 },
  ])('without $id at $atMs', one => {
    const kept = { id: hash(2), atMs: 5_000 }
    expect(deliveredCodec.read(deliveredCodec.write([one, kept]))).toEqual([kept])
    expect(deliveredCodec.write([one])).toBeUndefined()
  })
})

describe('personal data', () => {
  const letters = fc.stringMatching(/^[a-zà-ÿ]{3,12}$/)
  const personal = fc.record({
    email: fc.emailAddress(),
    name: fc.tuple(letters, letters).map(([first, last]) => `${first} ${last}`),
    phone: fc.stringMatching(/^\+[1-9][0-9]{9,13}$/),
    id: fc.uuid(),
  })
  const isIn = (item: Item, texts: string[]) => texts.some(text => JSON.stringify(item).includes(text))

  test('is not in an item with its hashes', async () => {
    await fc.assert(
      fc.asyncProperty(personal, async data => {
        const texts = Object.values(data)
        expect(isIn(await itemOf(madeOf(texts.map(hash))), texts)).toBe(false)
      }),
    )
  })

  test('is not written to an item by mistake', async () => {
    await fc.assert(
      fc.asyncProperty(personal, async data => {
        const { email, name, phone, id } = data
        const mistaken = { ...madeOf([email, name, phone, id]), customerId: email }
        const item = await itemOf({ ...mistaken, waiting: waitingOf(name, email) })
        expect(isIn(item, [email, name, phone, id])).toBe(false)
        expect(Object.keys(item).toSorted()).toEqual(['expiresAt', 'id', 'version'])
      }),
    )
  })

  test('would be found', async () => {
    expect(isIn(await itemOf({ ...emptyPerson(), customerId: 'ann-miller' }), ['ann-miller'])).toBe(true)
  })
})

function waitingOf(messageId: string, outcome: string) {
  return { messageId, firstAttemptMs: 1, counts: { [outcome]: 1 } }
}

/** A person with these texts in place of hashes. */
function madeOf(hashes: string[]): Person {
  return {
    addresses: hashes,
    refused: hashes.map(address => ({ address, atMs: 1 })),
    delivered: hashes.map(id => ({ id, atMs: 1 })),
    identify: { fingerprint: hashes[0] ?? '', deliveredAtMs: 1 },
  }
}

function known(): Person {
  return { ...emptyPerson(), customerId: '58210c3db0f09110006b7953', role: 'user' }
}

function week(events: number): Person {
  const person = samplePerson(0)
  rememberAddresses(person, [hash('e-mail'), hash('phone')])
  for (let i = 0; i < events; i++) rememberDelivered(person, hash(i), 1_800_000_000_000 + i)
  delete person.waiting
  return person
}
