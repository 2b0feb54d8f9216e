import { describe, expect, test } from 'vitest'
import { updateBody } from '../../lib/delivery/customer-body.ts'
import { transform } from '../../lib/index.ts'
import type { UpsertCustomer } from '../../lib/transform/call.ts'
import { container, identify, identifyAnonymous, track } from './delivering.ts'

const email = 'ada@example.com'
const device = { anonymousId: 'device-1' }

describe('a user whose e-mail is on another user’s customer', () => {
  const event = identify('new', { email, name: 'Ada L.' })

  test('takes it over: both ids lead to it', async () => {
    const { deliver, standIn } = container()
    const { id } = standIn.addCustomer({ externalId: 'old', emails: [{ email }], name: 'Ada' })
    expect(await deliver(event)).toEqual([
      { kind: 'delivered', status: 200, notes: [{ kind: 'takenOverByEmail' }] },
    ])
    const [customer, ...others] = standIn.customers()
    expect([customer?.id, others]).toEqual([id, []])
    expect(customer?.attributes).toMatchObject({ externalId: 'new', name: 'Ada L.' })
    await deliver(track('old'), track('new'))
    expect(standIn.customers()).toMatchObject([{ id, events: [{}, {}] }])
  })

  test('becomes a new customer without the address where mergeByEmail is off', async () => {
    const { deliver, standIn } = container({ mergeByEmail: false })
    standIn.addCustomer({ externalId: 'old', emails: [{ email }], name: 'Ada' })
    expect(await deliver(event)).toEqual([{ kind: 'delivered', status: 201, notes: [{ kind: 'leftAlone' }] }])
    expect(standIn.customers()).toMatchObject([
      { attributes: { externalId: 'old', name: 'Ada', emails: [{ email }] } },
      { attributes: { externalId: 'new', name: 'Ada L.', emails: [] } },
    ])
  })
})

describe('a customer that a user’s identify creates', () => {
  test('gets the visitor’s late events: the create claims the anonymous id', async () => {
    const { deliver, standIn } = container()
    await deliver(identify('u1', { name: 'Ada' }, device), track('device-1'))
    expect(standIn.customers()).toMatchObject([{ attributes: { externalId: 'u1' }, events: [{}] }])
  })

  test('is made without the claim where Kustomer refuses it, and later ones at once', async () => {
    const { deliver, standIn } = container()
    const body = { errors: [{ status: 400, code: 'invalid', source: { parameter: 'externalIds' } }] }
    standIn.fault({ when: { kind: 'create' }, do: { kind: 'status', status: 400, body } })
    expect(await deliver(identify('u1', { name: 'Ada' }, device))).toMatchObject([
      { kind: 'delivered', status: 201, notes: [{ kind: 'notClaimed' }] },
    ])
    await deliver(identify('u2', { name: 'Bob' }, { anonymousId: 'device-2' }))
    expect(standIn.requests.at(-1)?.body).toEqual({ externalId: 'u2', name: 'Bob' })
  })
})

test('a look-up by e-mail that Kustomer refuses skips that key, and the identify is delivered', async () => {
  const { deliver, requests, standIn } = container()
  standIn.fault({ when: { kind: 'findByEmail' }, do: { kind: 'status', status: 400 } })
  expect(await deliver(identify('u1', { email, name: 'Ada' }, device))).toMatchObject([
    { kind: 'delivered', status: 201 },
  ])
  expect(requests()).toEqual([
    'GET findByExternalId',
    'GET findByEmail',
    'GET findByExternalId',
    'POST create',
  ])
})

test('a guest with a user’s e-mail fills what is empty, and changes and adds nothing else', async () => {
  const { deliver, standIn } = container()
  standIn.addCustomer({ externalId: 'ann', emails: [{ email }], name: 'Ann' })
  const guest = identifyAnonymous('device-1', { emails: [email, 'more@example.com'], name: 'X', gender: 'f' })
  expect(await deliver(guest)).toMatchObject([{ kind: 'delivered', notes: [{ kind: 'filledOnly' }] }])
  expect(standIn.customers()).toMatchObject([
    { attributes: { externalId: 'ann', name: 'Ann', gender: 'f', emails: [{ email }] } },
  ])
})

test('an external id that is replaced is kept among externalIds where Kustomer does not list it', () => {
  const call = transform(identify('new', { email, name: 'Ada' }), {}) as UpsertCustomer
  const found = { kind: 'found', id: 'c1', by: 'email', claim: 'takeOver' } as const
  const bodyFor = (externalIds: string[]) => {
    const attributes = {
      externalId: 'old',
      rev: 4,
      externalIds: externalIds.map(externalId => ({ externalId })),
    }
    return updateBody(call, call.customer, { ...found, attributes }, false).body
  }
  expect(bodyFor(['older'])).toMatchObject({
    ...{ externalId: 'new', rev: 4 },
    externalIds: [{ externalId: 'older' }, { externalId: 'old' }],
  })
  expect(bodyFor(['old'])).not.toHaveProperty('externalIds')
})
