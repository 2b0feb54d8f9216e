import { expect, test } from 'vitest'
import { emptyPerson } from '../../lib/people/person.ts'
import { createStoreAccess } from '../../lib/people/store-access.ts'
import { personRecords as limits } from '../../lib/policy.ts'
import type { Fault } from './faulty-store.ts'
import { peopleSetup } from './people-setup.ts'

/** A container whose write failed, and another one that has written the same record since. */
async function overtaken() {
  const { container, stored } = peopleSetup()
  const [mine, theirs] = [container(), container()]
  const people = await mine.open(['a'])
  mine.store.faults.push('fails')
  people.get('a').customerId = 'mine'
  await people.save('a')
  const others = await theirs.open(['a'])
  others.get('a').customerId = 'theirs'
  await others.save('a')
  return { mine, people, stored }
}

test('while the store fails, the container continues with its own data, and counts the failures', async () => {
  const { container, stored } = peopleSetup()
  const { open, store, errors, unavailable } = container()
  const before = await open(['a'])
  before.get('a').customerId = 'id1'
  await before.save('a')

  store.faults.push('fails', 'fails', 'fails')
  const people = await open(['a', 'b'])
  expect([people.get('a').customerId, people.get('b')]).toEqual(['id1', emptyPerson()])
  people.get('a').role = 'user'
  expect([await people.save('a'), await people.save('a')]).toEqual([false, false])
  expect([unavailable(), errors.length]).toEqual([3, 1])
  expect(await people.save('a')).toBe(true)
  expect((await stored('a'))?.person).toMatchObject({ customerId: 'id1', role: 'user' })
})

test('data that could not be saved is saved by the next invocation', async () => {
  const { container, stored } = peopleSetup()
  const { open, store } = container()
  const people = await open(['a'])
  store.faults.push('fails')
  people.get('a').customerId = 'id1'
  expect(await people.save('a')).toBe(false)
  const next = await open(['a'])
  expect(next.get('a').customerId).toBe('id1')
  expect(await next.save('a')).toBe(true)
  expect((await stored('a'))?.person.customerId).toBe('id1')
})

test('data that could not be saved is replaced by what another container has written meanwhile', async () => {
  const { mine } = await overtaken()
  expect((await mine.open(['a'])).get('a').customerId).toBe('theirs')
})

test('a store that hangs delays an invocation by one second, and two seconds later again', async () => {
  const { clock, container } = peopleSetup()
  const { open, store, errors, unavailable } = container()
  store.faults.push('hangs', 'hangs')
  let people: Awaited<ReturnType<typeof open>> | undefined
  const opening = open(['a']).then(opened => {
    people = opened
  })
  await clock.elapse(limits.timeoutMs - 1)
  expect(people).toBeUndefined()
  await clock.elapse(1)
  await opening
  expect(people?.get('a')).toEqual(emptyPerson())
  Object.assign(people?.get('a') ?? {}, { customerId: 'id1' })
  expect(await people?.save('a')).toBe(false)
  expect([store.asked, unavailable()]).toEqual([{ load: 1, save: 0 }, 1])

  await clock.elapse(limits.pauseMs)
  const saving = people?.save('a')
  await clock.elapse(limits.timeoutMs)
  expect(await saving).toBe(false)
  expect([store.asked, unavailable(), errors.length]).toEqual([{ load: 1, save: 1 }, 2, 1])
  await clock.elapse(limits.pauseMs)
  expect(await people?.save('a')).toBe(true)
})

test('a store that throws instead of rejecting counts as a failure', async () => {
  const { container } = peopleSetup()
  const { open, store, unavailable } = container()
  store.load = () => {
    throw new TypeError('broken')
  }
  expect((await open(['a'])).get('a')).toEqual(emptyPerson())
  expect(unavailable()).toBe(1)
})

// The SDK repeats a write without an answer: the second one is refused because of the version of the first.
test.each<{ why: string; faults: (Fault | undefined)[]; saves: boolean[] }>([
  { why: 'the repeat of a write is refused', faults: ['repeats'], saves: [true, true] },
  { why: 'the answer of a write is lost', faults: ['loses the answer'], saves: [false, true] },
  {
    why: 'the answer is lost, then a read fails',
    faults: ['loses the answer', undefined, 'fails'],
    saves: [false, false, true],
  },
])('a write that was stored is not a lost update: $why', async ({ faults, saves }) => {
  const { container, stored } = peopleSetup()
  const { open, store } = container()
  const people = await open(['a'])
  store.faults.push(...faults)
  for (const [i, isSaved] of saves.entries()) {
    people.get('a').customerId = `id${i}`
    expect(await people.save('a')).toBe(isSaved)
  }
  expect((await stored('a'))?.person.customerId).toBe(`id${saves.length - 1}`)
})

test('a refused write is lost if the store has other data by then', async () => {
  const { people, stored } = await overtaken()
  expect(await people.save('a')).toBe(false)
  expect((await stored('a'))?.person.customerId).toBe('theirs')
})

test('a container that was frozen while it waited uses the answer that has arrived meanwhile', async () => {
  let nowMs = 0
  const due: (() => void)[] = []
  const clock = { now: () => nowMs, sleep: () => new Promise<void>(wake => due.push(wake)) }
  const errors: unknown[] = []
  const ask = createStoreAccess({
    clock,
    metrics: { add: () => undefined },
    onUnavailable: error => errors.push(error),
  })
  const { promise, resolve } = Promise.withResolvers<string>()
  const asking = ask(() => promise)
  // Expired timers run before sockets are read.
  nowMs = 60_000
  for (const wake of due.splice(0)) wake()
  for (let turn = 0; turn < 20; turn++) await undefined
  resolve('read')
  expect(await asking).toEqual({ value: 'read' })
  expect(errors).toEqual([])
})
