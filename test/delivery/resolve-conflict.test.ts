import { describe, expect, test } from 'vitest'
import type { StandInOptions } from '../../tools/kustomer-stand-in/types.ts'
import { type Container, container, identify } from './delivering.ts'

const email = 'ada@example.com'
const [findId, findEmail] = ['GET findByExternalId', 'GET findByEmail']
const [create, update] = ['POST create', 'PUT update']

/** Another client creates the customer between our look-ups and our create. */
function overtake({ standIn }: Container, attributes: object) {
  standIn.fault({ when: { kind: 'findByExternalId' }, do: { kind: 'status', status: 404 } })
  standIn.fault({ when: { kind: 'findByEmail' }, do: { kind: 'status', status: 404 } })
  return standIn.addCustomer(attributes)
}

describe('a create that would duplicate a customer', () => {
  test.each<StandInOptions>([{ duplicateStatus: 409 }, { duplicateStatus: 400 }])(
    'looks again and updates, at %j',
    async options => {
      const one = container(options)
      const { id } = overtake(one, { externalId: 'u1', emails: [{ email }] })
      expect(await one.deliver(identify('u1', { email, name: 'Ada' }))).toMatchObject([{ kind: 'delivered' }])
      expect(one.requests()).toEqual([findId, findEmail, create, findId, update])
      expect(one.standIn.customers()).toMatchObject([{ id, attributes: { name: 'Ada' } }])
    },
  )

  test('for a phone is made without it', async () => {
    const { deliver, standIn } = container()
    standIn.addCustomer({ externalId: 'other', phones: [{ phone: '+15550100' }] })
    expect(await deliver(identify('u1', { phone: '+15550100', name: 'Ada' }))).toEqual([
      { kind: 'delivered', status: 201, notes: [{ kind: 'contested', attribute: 'phones' }] },
    ])
    expect(standIn.customers()[1]?.attributes).toMatchObject({ externalId: 'u1', name: 'Ada', phones: [] })
  })
})

describe('an update of a deleted customer', () => {
  test('looks up again and updates the customer that replaced it', async () => {
    const { deliver, person, requests, standIn } = container()
    await deliver(identify('u1', { name: 'A.' }))
    const old = standIn.customers()[0]?.id
    standIn.reset()
    const { id } = standIn.addCustomer({ externalId: 'u1' })
    requests()
    await deliver(identify('u1', { name: 'Ada' }))
    expect(standIn.requests.map(({ kind }) => kind)).toEqual(['update', 'findByExternalId', 'update'])
    expect(standIn.customers()).toMatchObject([{ id, attributes: { name: 'Ada' } }])
    expect(person('u1').customerId).toBe(id)
    expect(id).not.toBe(old)
  })

  test('creates a customer if none replaced it', async () => {
    const { deliver, standIn } = container()
    await deliver(identify('u1', { email }))
    standIn.reset()
    await deliver(identify('u1', { email, name: 'Ada' }))
    expect(standIn.requests.map(({ kind }) => kind)).toEqual([
      'update',
      'findByExternalId',
      'findByEmail',
      'create',
    ])
    expect(standIn.customers()).toMatchObject([{ attributes: { name: 'Ada', emails: [{ email }] } }])
  })

  test('that is deleted again is a conflict, after one resolution', async () => {
    const { deliver, requests, standIn } = container()
    standIn.addCustomer({ externalId: 'u1' })
    standIn.fault({ when: { kind: 'update' }, times: 9, do: { kind: 'status', status: 404 } })
    expect(await deliver(identify('u1', { name: 'Ada' }))).toMatchObject([{ kind: 'conflict', status: 404 }])
    expect(requests()).toEqual([findId, update, findId, update])
  })
})

describe('an identifier that another customer owns', () => {
  test('is left out alone, and is not sent again', async () => {
    const { deliver, requests, standIn } = container()
    standIn.addCustomer({ externalId: 'u1' })
    standIn.addCustomer({ externalId: 'other', emails: [{ email }] })
    const event = identify('u1', { email, phone: '+15550100', name: 'Ada' })
    expect(await deliver(event)).toEqual([
      { kind: 'delivered', status: 200, notes: [{ kind: 'contested', attribute: 'emails' }] },
    ])
    expect(requests()).toEqual([findId, update, findEmail, update])
    const [one, other] = standIn.customers()
    expect(one?.attributes).toMatchObject({
      externalId: 'u1',
      name: 'Ada',
      phones: [{ phone: '+15550100' }],
      emails: [],
    })
    expect(other?.attributes.emails).toMatchObject([{ email }])
    await deliver(event)
    expect(requests()).toEqual([update])
  })

  test('that is one of several is left out alone, and is tried again a day later', async () => {
    const one = container()
    one.standIn.addCustomer({ externalId: 'u1' })
    const other = one.standIn.addCustomer({ externalId: 'other', emails: [{ email }] })
    const event = identify('u1', { emails: [email, 'own@example.com'] })
    await one.deliver(event)
    expect(one.standIn.customers()[0]?.attributes.emails).toMatchObject([{ email: 'own@example.com' }])
    one.removeCustomer(other.id)
    one.requests()
    await one.deliver(event)
    expect(one.requests()).toEqual([update])
    await one.clock.sleep(86_400_000)
    await one.deliver(event)
    expect(one.standIn.customers()[0]?.attributes.emails).toMatchObject([
      { email: 'own@example.com' },
      { email },
    ])
  })

  test.each([[{}], [undefined], [{ errors: [{ status: 409, code: 'conflict' }] }]])(
    'is unknown after a 409 without a name (%j): it is a conflict, and nothing is left out',
    async body => {
      const { deliver, requests, standIn } = container()
      standIn.addCustomer({ externalId: 'u1' })
      standIn.fault({ when: { kind: 'update' }, times: 9, do: { kind: 'status', status: 409, body } })
      expect(await deliver(identify('u1', { name: 'Ada' }))).toMatchObject([
        { kind: 'conflict', status: 409 },
      ])
      expect(requests()).toEqual([findId, update])
    },
  )

  test('that moved to another customer is looked up again, also when it was remembered', async () => {
    const one = container()
    one.standIn.addCustomer({ emails: [{ email }] })
    one.standIn.fault({ when: { kind: 'findByExternalId' }, do: { kind: 'status', status: 404 } })
    const { id } = one.standIn.addCustomer({ externalId: 'u1' })
    expect(await one.deliver(identify('u1', { email, name: 'Ada' }))).toMatchObject([
      { kind: 'delivered', notes: [{ kind: 'contested', attribute: 'emails' }] },
    ])
    expect(one.person('u1').customerId).toBe(id)
    expect(one.standIn.customers()[1]?.attributes).toMatchObject({ externalId: 'u1', name: 'Ada' })
  })
})
