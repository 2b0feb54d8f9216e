import { describe, expect, test } from 'vitest'
import { container, identify, identifyAnonymous, knownAs, track } from './delivering.ts'

const [findId, update] = ['GET findByExternalId', 'PUT update']

describe('a rev in the event', () => {
  test('is rejected when stale, without a second try', async () => {
    const { deliver, requests, standIn } = container()
    standIn.addCustomer({ externalId: 'u1' })
    const [outcome] = await deliver(identify('u1', { rev: 99, name: 'Ada' }))
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'CONFLICT', status: 409 })
    expect(requests()).toEqual([findId, update])
  })

  test('is accepted when it is the customer’s', async () => {
    const { deliver, standIn } = container()
    standIn.addCustomer({ externalId: 'u1' })
    expect(await deliver(identify('u1', { rev: 1, name: 'Ada' }))).toMatchObject([{ kind: 'delivered' }])
  })
})

test('after a known id of an anonymous person is deleted, the customer of the anonymousId is used', async () => {
  const { deliver, requests, standIn } = container()
  const { id } = standIn.addCustomer({ externalId: 'a1' })
  await deliver(identifyAnonymous('a1', { name: 'Ada' }, knownAs('58210c3db0f09110006b7953')))
  expect(requests()).toEqual(['GET read', findId, update])
  expect(standIn.customers()).toMatchObject([{ id, attributes: { name: 'Ada' } }])
})

test('for a track of a deleted customer, Kustomer finds or creates one', async () => {
  const { deliver, requests, standIn } = container()
  await deliver(track('u1'))
  standIn.reset()
  requests()
  await deliver(track('u1'), identify('u1', { name: 'Ada' }))
  expect(standIn.requests.map(({ kind }) => kind)).toEqual(['record', 'update'])
})

test('an older identify does not remember the customer of another user that it only filled', async () => {
  const { deliver, deliverAs, person, standIn } = container()
  const { id } = standIn.addCustomer({ externalId: 'u2', emails: [{ email: 'ada@example.com' }] })
  person('u1').newestIdentifyMs = 2000
  await deliverAs(identify('u1', { email: 'ada@example.com', name: 'Ada' }), { eventAtMs: 1000 })
  expect(person('u1').customerId).toBeUndefined()
  await deliver(identify('u1', { name: 'Ada L' }))
  expect(standIn.customers()).toMatchObject([
    { id, attributes: { externalId: 'u2', name: 'Ada' } },
    { attributes: { externalId: 'u1', name: 'Ada L' } },
  ])
})

test('an identify that is skipped as unchanged still makes an earlier one older', async () => {
  const { deliverAs, standIn } = container({ resendUnchangedAfterMs: 86_400_000 })
  await deliverAs(identify('u1', { name: 'Ada' }), { eventAtMs: 1000 })
  await deliverAs(identify('u1', { name: 'Ada' }), { eventAtMs: 3000 })
  await deliverAs(identify('u1', { name: 'Eda' }), { eventAtMs: 2000 })
  expect(standIn.customers()).toMatchObject([{ attributes: { name: 'Ada' } }])
})

test('a create whose answer names no customer makes earlier identifies older, too', async () => {
  const { deliverAs, standIn } = container()
  standIn.fault({ when: { kind: 'create' }, do: { kind: 'status', status: 200, body: { ok: true } } })
  await deliverAs(identify('u1', { name: 'Ada' }), { eventAtMs: 2000 })
  await deliverAs(identify('u1', { name: 'Eda' }), { eventAtMs: 1000 })
  expect(standIn.customers()).toMatchObject([{ attributes: { name: 'Ada' } }])
})
