import { expect, test } from 'vitest'
import { container, identify, identifyAnonymous, track } from './delivering.ts'

/** A device keeps its anonymous id when one person logs out and another logs in. */
const device = { anonymousId: 'device-1' }

test('a user who logs in on another person’s device becomes a new customer, and the other customer is unchanged', async () => {
  const { deliver, standIn } = container()
  await deliver(track('device-1'))
  await deliver(identify('ann', { name: 'Ann', email: 'ann@example.com' }, device))
  await deliver(identify('bob', { name: 'Bob', email: 'bob@example.com' }, device))
  await deliver(identify('bob', { name: 'Bob B.', email: 'bob@example.com' }, device))
  const [ann, bob, ...others] = standIn.customers().map(({ attributes }) => attributes)
  expect(ann).toMatchObject({ externalId: 'ann', name: 'Ann', emails: [{ email: 'ann@example.com' }] })
  expect(bob).toMatchObject({ externalId: 'bob', name: 'Bob B.', emails: [{ email: 'bob@example.com' }] })
  expect(others).toEqual([])
})

test('a user on another person’s device becomes a new customer, also in a new container', async () => {
  const { deliver, standIn } = container()
  standIn.addCustomer({ externalId: 'ann', externalIds: [{ externalId: 'device-1' }], name: 'Ann' })
  await deliver(identify('bob', { name: 'Bob' }, device))
  expect(standIn.customers().map(({ attributes }) => attributes.name)).toEqual(['Ann', 'Bob'])
})

test('a visitor who logs in for the first time keeps the timeline', async () => {
  const { deliver, standIn } = container()
  await deliver(track('device-1'))
  await deliver(identify('ann', { name: 'Ann' }, device))
  expect(standIn.customers()).toHaveLength(1)
  expect(standIn.customers()[0]).toMatchObject({ attributes: { externalId: 'ann' }, events: [{}] })
})

test('two users who log in on one device at the same time become two customers', async () => {
  const { deliver, invoke, standIn } = container()
  await deliver(track('device-1'))
  await invoke(one =>
    Promise.all([
      one(identify('ann', { name: 'Ann' }, device)),
      one(identify('bob', { name: 'Bob' }, device)),
    ]),
  )
  const names = standIn.customers().map(({ attributes: { externalId, name } }) => ({ externalId, name }))
  expect(names).toEqual([
    { externalId: 'ann', name: 'Ann' },
    { externalId: 'bob', name: 'Bob' },
  ])
})

test('a guest writes with the rev that was read: a user may claim the customer in between', async () => {
  const { deliver, standIn } = container()
  const { id } = standIn.addCustomer({ externalId: 'device-1', name: 'Visitor' })
  await deliver(identifyAnonymous('device-1', { name: 'Guest' }))
  expect(standIn.requests.at(-1)).toMatchObject({ kind: 'update', body: { name: 'Guest', rev: 1 } })
  expect(standIn.customers()).toMatchObject([{ id, attributes: { name: 'Guest' } }])
})
