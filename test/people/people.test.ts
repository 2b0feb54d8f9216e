import { expect, test } from 'vitest'
import { rememberDelivered } from '../../lib/people/delivered.ts'
import { createPeople } from '../../lib/people/people.ts'
import { emptyPerson } from '../../lib/people/person.ts'
import { fakeClock } from '../runtime/fake-clock.ts'
import { peopleSetup } from './people-setup.ts'
import { hash, samplePerson } from './sample-person.ts'

const hourMs = 3_600_000

test('another container reads what one container saves', async () => {
  const { container } = peopleSetup()
  const people = await container().open(['a', 'b'])
  expect(people.get('a')).toEqual(emptyPerson())
  Object.assign(people.get('a'), samplePerson(3))
  expect(await people.save('a')).toBe(true)
  const elsewhere = await container().open(['a', 'b'])
  expect([elsewhere.get('a'), elsewhere.get('b')]).toEqual([samplePerson(3), emptyPerson()])
})

test('reads all people at once, and writes only changes', async () => {
  const { container } = peopleSetup()
  const { open, store } = container()
  const people = await open(['a', 'b', 'c', 'a'])
  for (const id of ['a', 'b', 'c']) expect(await people.save(id)).toBe(true)
  expect(store.asked).toEqual({ load: 1, save: 0 })
  people.get('b').customerId = 'id1'
  for (const id of ['a', 'b', 'c', 'b']) expect(await people.save(id)).toBe(true)
  expect(store.asked).toEqual({ load: 1, save: 1 })
  await open([])
  expect(store.asked.load).toBe(1)
})

test('saves of one person run one after the other, each with the latest data', async () => {
  const { container, stored } = peopleSetup()
  const people = await container().open(['a'])
  people.get('a').customerId = 'id1'
  const first = people.save('a')
  await undefined
  people.get('a').customerId = 'id2'
  expect(await Promise.all([first, people.save('a'), people.save('a')])).toEqual([true, true, true])
  expect(await stored('a')).toMatchObject({ version: 2, person: { customerId: 'id2' } })
})

test('a person who was not loaded before can be read and saved too', async () => {
  const { container, stored } = peopleSetup()
  const people = await container().open(['a'])
  people.get('z').customerId = 'id1'
  expect(await people.save('z')).toBe(true)
  expect(await people.save('y')).toBe(true)
  expect((await stored('z'))?.person.customerId).toBe('id1')
  expect(await stored('y')).toBeUndefined()
})

test('after a change by another writer a record is not saved in this invocation, and is current in the next', async () => {
  const { container, stored } = peopleSetup()
  const [mine, theirs] = [container(), container()]
  const people = await mine.open(['a'])
  const others = await theirs.open(['a'])
  others.get('a').customerId = 'theirs'
  await others.save('a')
  people.get('a').customerId = 'mine'
  expect([await people.save('a'), await people.save('a')]).toEqual([false, false])
  delete people.get('a').customerId
  expect(await people.save('a')).toBe(false)
  expect((await stored('a'))?.person.customerId).toBe('theirs')
  expect((await mine.open(['a'])).get('a').customerId).toBe('theirs')
  expect(mine.unavailable()).toBe(0)
})

test('what was delivered here is added to the record of another writer', async () => {
  const { clock, container, stored } = peopleSetup()
  const [mine, theirs] = [await container().open(['a']), await container().open(['a'])]
  for (const [people, id] of [
    [theirs, hash(1)],
    [mine, hash(2)],
  ] as const) {
    const person = people.get('a')
    rememberDelivered(person, id, clock.now())
    Object.assign(person, { customerId: `id${id}`, newestIdentifyMs: people === mine ? 9 : 5 })
    person.identify = { fingerprint: id, deliveredAtMs: clock.now() }
    await people.save('a')
  }
  rememberDelivered(mine.get('a'), hash(3), clock.now())
  expect(await mine.save('a')).toBe(false)
  const person = (await stored('a'))?.person
  expect(person?.delivered.map(({ id }) => id)).toEqual([hash(1), hash(2), hash(3)])
  // Which identify is on the customer now is not known, so the next one is sent.
  expect(person).toMatchObject({ customerId: `id${hash(1)}`, newestIdentifyMs: 9 })
  expect(person?.identify).toBeUndefined()
})

test('an unchanged record is written again once a day, so that it does not expire', async () => {
  const { clock, container, stored } = peopleSetup()
  const { open, store } = container()
  const save = async () => (await open(['a'])).save('a')
  const people = await open(['a'])
  people.get('a').customerId = 'id1'
  await people.save('a')
  await clock.elapse(23 * hourMs)
  expect(await save()).toBe(true)
  expect(store.asked.save).toBe(1)
  await clock.elapse(2 * hourMs)
  expect([await save(), await save()]).toEqual([true, true])
  expect(store.asked.save).toBe(2)
  await clock.elapse(29.5 * 24 * hourMs)
  expect(await stored('a')).toMatchObject({ version: 2 })
})

test('without a store the container keeps records in memory, for an hour', async () => {
  const clock = fakeClock()
  const { open } = createPeople(undefined, {
    clock,
    metrics: { add: () => expect.unreachable() },
    onUnavailable: () => expect.unreachable(),
  })
  const people = await open(['a'])
  people.get('a').customerId = 'id1'
  expect(await people.save('a')).toBe(true)
  people.get('a').customerId = 'not saved'
  await clock.elapse(hourMs - 1)
  expect((await open(['a', 'b'])).get('a')).toEqual({ ...emptyPerson(), customerId: 'id1' })
  await clock.elapse(hourMs)
  expect((await open(['a'])).get('a')).toEqual(emptyPerson())
})
