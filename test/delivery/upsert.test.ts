import { describe, expect, test } from 'vitest'
import { container, identify, identifyAnonymous, knownAs, track } from './delivering.ts'

const email = 'ada@example.com'
const [findId, findEmail] = ['GET findByExternalId', 'GET findByEmail']
const [create, update, read, record] = ['POST create', 'PUT update', 'GET read', 'POST record']

describe('the first identify', () => {
  test('of an unknown person looks up every key and creates', async () => {
    const { deliver, requests, standIn } = container()
    expect(await deliver(identify('u1', { email, name: 'Ada' }, { anonymousId: 'a1' }))).toEqual([
      { kind: 'delivered', status: 201, notes: [] },
    ])
    expect(requests()).toEqual([findId, findEmail, findId, create])
    expect(standIn.customers()).toMatchObject([{ attributes: { externalId: 'u1', name: 'Ada' } }])
  })

  test('of a customer who is found by e-mail updates this customer', async () => {
    const { deliver, requests, standIn } = container()
    standIn.addCustomer({ emails: [{ email }], name: 'A.' })
    await deliver(identify('u1', { email, name: 'Ada' }))
    expect(requests()).toEqual([findId, findEmail, update])
    expect(standIn.customers()).toMatchObject([{ attributes: { externalId: 'u1', name: 'Ada' } }])
    expect(standIn.requests.at(-1)?.body).not.toHaveProperty('emails')
  })

  test('adds a new address to those that an agent added', async () => {
    const { deliver, standIn } = container()
    standIn.addCustomer({ externalId: 'u1', emails: [{ email: 'agent@example.com', type: 'work' }] })
    await deliver(identify('u1', { email, phone: '+15550100' }))
    expect(standIn.customers()[0]?.attributes).toMatchObject({
      emails: [{ email: 'agent@example.com', type: 'work' }, { email }],
      phones: [{ phone: '+15550100' }],
    })
  })
})

describe('a later identify', () => {
  test('is one request, also with an e-mail', async () => {
    const { deliver, requests } = container()
    await deliver(identify('u1', { email }))
    requests()
    await deliver(identify('u1', { email, name: 'Ada' }), identify('u1', { email, name: 'Ada L.' }))
    expect(requests()).toEqual([update, update])
  })

  test('with an address that may be new reads the customer first, once', async () => {
    const { deliver, requests, standIn } = container()
    await deliver(identify('u1', { email }))
    requests()
    await deliver(identify('u1', { email: 'new@example.com' }), identify('u1', { email: 'new@example.com' }))
    expect(requests()).toEqual([read, update, update])
    expect(standIn.customers()[0]?.attributes.emails).toMatchObject([{ email }, { email: 'new@example.com' }])
  })

  test('needs no look-up after a track', async () => {
    const { deliver, requests } = container()
    await deliver(track('u1'), identify('u1', { name: 'Ada' }), track('u1'))
    expect(requests()).toEqual([record, update, record])
  })

  test('in the same batch does not repeat a look-up that found no customer', async () => {
    const { invoke, requests, standIn } = container()
    standIn.fault({ when: { kind: 'create' }, do: { kind: 'status', status: 503 } })
    await invoke(async one => {
      await one(identify('u1', { email }))
      await one(identify('u1', { email }))
    })
    expect(requests()).toEqual([findId, findEmail, create, create])
  })
})

describe('an anonymousId', () => {
  test('becomes the external id of a customer who has none', async () => {
    const { deliver, standIn } = container()
    standIn.addCustomer({ emails: [{ email }] })
    await deliver(identifyAnonymous('a1', { email, name: 'Ada' }))
    expect(standIn.customers()).toMatchObject([{ attributes: { externalId: 'a1' } }])
  })

  test('never replaces an external id, however the customer was found', async () => {
    const { deliver, requests, standIn } = container()
    const { id } = standIn.addCustomer({ externalId: 'u1', emails: [{ email }] })
    await deliver(identifyAnonymous('a1', { email, name: 'Ada' }))
    await deliver(identifyAnonymous('a1', { name: 'Ada L.' }, knownAs(id)))
    expect(requests()).toEqual([findEmail, update, read, update])
    expect(standIn.customers()).toMatchObject([{ attributes: { externalId: 'u1', name: 'Ada L.' } }])
  })

  test('of a person known to have the e-mail needs no look-up, but a read', async () => {
    const { deliver, requests } = container()
    await deliver(identifyAnonymous('a1', { email }))
    expect(requests()).toEqual([findEmail, findId, create])
    await deliver(identifyAnonymous('a1', { email, name: 'Ada' }))
    expect(requests()).toEqual([read, update])
  })

  test('is remembered from the customer that an e-mail found', async () => {
    const { deliver, requests, standIn } = container()
    standIn.addCustomer({ externalId: 'a1', emails: [{ email }] })
    await deliver(identifyAnonymous('a1', { email, name: 'A.' }))
    expect(requests()).toEqual([findEmail, update])
    await deliver(identifyAnonymous('a1', { email, name: 'Ada' }))
    expect(requests()).toEqual([read, update])
  })

  test('with an e-mail that is not known on that person is read, and needs no look-up', async () => {
    const { deliver, requests } = container()
    await deliver(identifyAnonymous('a1', { email }))
    requests()
    await deliver(identifyAnonymous('a1', { email: 'other@example.com' }))
    expect(requests()).toEqual([read, update])
  })
})

describe('a known id', () => {
  test('needs no look-up', async () => {
    const { deliver, requests, standIn } = container()
    const { id } = standIn.addCustomer({ name: 'A.' })
    await deliver(identify('u1', { name: 'Ada' }, knownAs(id)))
    expect(requests()).toEqual([update])
    expect(standIn.customers()).toMatchObject([{ id, attributes: { externalId: 'u1', name: 'Ada' } }])
  })

  test('of a deleted customer leads to a look-up', async () => {
    const { deliver, requests, standIn } = container()
    standIn.addCustomer({ externalId: 'u1' })
    await deliver(identify('u1', { name: 'Ada' }, knownAs('58210c3db0f09110006b7953')))
    expect(requests()).toEqual([update, findId, update])
    expect(standIn.customers()).toMatchObject([{ attributes: { name: 'Ada' } }])
  })

  test('of a deleted customer leads to a create if the person has no other', async () => {
    const { deliver, requests, standIn } = container()
    await deliver(identify('u1', { name: 'Ada' }, knownAs('58210c3db0f09110006b7953')))
    expect(requests()).toEqual([update, findId, create])
    expect(standIn.customers()).toMatchObject([{ attributes: { externalId: 'u1' } }])
  })
})
