import { expect, test } from 'vitest'
import { isRefused, refuse, rememberAddresses } from '../../lib/people/addresses.ts'
import { isDelivered, rememberDelivered } from '../../lib/people/delivered.ts'
import { hashOf } from '../../lib/people/hash-of.ts'
import { emptyPerson } from '../../lib/people/person.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const manyIds = (count: number) => Array.from({ length: count }, (_, i) => `id${i}`)

test.each([
  { why: 'are added last', before: ['a'], seen: ['b', 'c'], after: ['a', 'b', 'c'] },
  { why: 'stand once', before: ['a'], seen: ['b', 'b'], after: ['a', 'b'] },
  { why: 'are the newest when they are seen again', before: ['a', 'b'], seen: ['a'], after: ['b', 'a'] },
  { why: 'may be none', before: ['a'], seen: [], after: ['a'] },
  { why: 'are 64 at most', before: manyIds(64), seen: ['b'], after: [...manyIds(64).slice(1), 'b'] },
])('addresses that were seen $why', ({ before, seen, after }) => {
  const person = { ...emptyPerson(), addresses: before }
  rememberAddresses(person, seen)
  expect(person.addresses).toEqual(after)
})

test('an address that is seen on the customer is no longer refused', () => {
  const person = emptyPerson()
  refuse(person, 'a', 0)
  refuse(person, 'b', 0)
  rememberAddresses(person, ['a'])
  expect(['a', 'b'].map(address => isRefused(person, address, 1))).toEqual([false, true])
})

test.each([
  { address: 'a', afterMs: 0, is: true },
  { address: 'a', afterMs: dayMs - 1, is: true },
  { address: 'a', afterMs: dayMs, is: false },
  { address: 'a', afterMs: -2_000, is: true },
  { address: 'b', afterMs: 0, is: false },
])('an address "a" was refused: is "$address" refused $afterMs ms later? $is', ({ address, afterMs, is }) => {
  const person = emptyPerson()
  refuse(person, 'a', 5 * dayMs)
  expect(isRefused(person, address, 5 * dayMs + afterMs)).toBe(is)
})

test('the time of an address that is refused again starts anew, and 16 addresses are remembered', () => {
  const person = emptyPerson()
  for (const id of manyIds(16)) refuse(person, id, 0)
  refuse(person, 'id0', dayMs)
  expect(isRefused(person, 'id0', dayMs)).toBe(true)
  refuse(person, 'new', dayMs)
  expect(person.refused.map(({ address }) => address)).toEqual([...manyIds(16).slice(2), 'id0', 'new'])
})

test.each([
  { id: 'a', afterMs: 0, is: true },
  { id: 'a', afterMs: 6 * dayMs, is: true },
  { id: 'a', afterMs: 7 * dayMs - 1, is: true },
  { id: 'a', afterMs: 7 * dayMs, is: false },
  { id: 'b', afterMs: 0, is: false },
])('an event "a" was delivered: is "$id" known $afterMs ms later? $is', ({ id, afterMs, is }) => {
  const person = emptyPerson()
  rememberDelivered(person, 'a', 1_000)
  expect(isDelivered(person, id, 1_000 + afterMs)).toBe(is)
})

test('delivered events are sorted oldest first, each once, without those older than 7 days', () => {
  const person = emptyPerson()
  rememberDelivered(person, 'old', 0)
  rememberDelivered(person, 'a', dayMs)
  rememberDelivered(person, 'b', dayMs - 2_000)
  rememberDelivered(person, 'a', 7 * dayMs)
  expect(person.delivered).toEqual([
    { id: 'b', atMs: dayMs - 2_000 },
    { id: 'a', atMs: 7 * dayMs },
  ])
})

test('the newest 128 delivered events are remembered', () => {
  const person = emptyPerson()
  for (const [i, id] of manyIds(130).entries()) rememberDelivered(person, id, i)
  expect(person.delivered.map(({ id }) => id)).toEqual(manyIds(130).slice(2))
})

test('a hash has 12 characters of base64url, and is different for another text or salt', () => {
  const hashes = [hashOf('s', 'a'), hashOf('s', 'b'), hashOf('t', 'a'), hashOf('', ''), hashOf('s', 'é😀')]
  expect(new Set(hashes).size).toBe(5)
  for (const hash of hashes) expect(hash).toMatch(/^[\w-]{12}$/)
  expect(hashOf('s', 'a')).toBe(hashes[0])
})
