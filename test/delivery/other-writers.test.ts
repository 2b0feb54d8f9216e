import { describe, expect, test } from 'vitest'
import { container, identify } from './delivering.ts'

const email = 'ada@example.com'
const phone = '+15550100'
const stale = { errors: [{ status: 409, code: 'conflict', source: { parameter: 'rev' }, title: 'Stale' }] }

test('an e-mail and a phone that another customer owns are both left out, one after the other', async () => {
  const { deliver, requests, standIn } = container()
  standIn.addCustomer({ externalId: 'u1' })
  standIn.addCustomer({ externalId: 'other', emails: [{ email }], phones: [{ phone }] })
  expect(await deliver(identify('u1', { email, phone, name: 'Ada' }))).toEqual([
    {
      kind: 'delivered',
      status: 200,
      notes: [
        { kind: 'contested', attribute: 'emails' },
        { kind: 'contested', attribute: 'phones' },
      ],
    },
  ])
  expect(requests()).toEqual([
    ...['GET findByExternalId', 'PUT update', 'GET findByEmail'],
    ...['PUT update', 'GET findByPhone', 'PUT update'],
  ])
  expect(standIn.customers()[0]?.attributes).toMatchObject({ name: 'Ada', emails: [], phones: [] })
})

test('a contested list without an address of another customer is a conflict', async () => {
  const { deliver, requests, standIn } = container()
  standIn.addCustomer({ externalId: 'u1' })
  const body = { errors: [{ status: 409, code: 'duplicate', source: { parameter: 'emails' } }] }
  standIn.fault({ when: { kind: 'update' }, times: 9, do: { kind: 'status', status: 409, body } })
  expect(await deliver(identify('u1', { email, phone }))).toMatchObject([{ kind: 'conflict', status: 409 }])
  expect(requests()).toEqual(['GET findByExternalId', 'PUT update', 'GET findByEmail'])
})

test('a change between our read and our write is kept: the customer is read again', async () => {
  const { deliver, requests, standIn } = container()
  const { id } = standIn.addCustomer({ externalId: 'u1' })
  standIn.fault({ when: { kind: 'update' }, do: { kind: 'status', status: 409, body: stale } })
  expect(await deliver(identify('u1', { email, name: 'Ada' }))).toMatchObject([
    { kind: 'delivered', notes: [] },
  ])
  expect(requests()).toEqual(['GET findByExternalId', 'PUT update', 'GET read', 'PUT update'])
  expect(standIn.customers()).toMatchObject([{ id, attributes: { emails: [{ email }] } }])
})

test('a customer that changes before each of our writes is a conflict', async () => {
  const { deliver, requests, standIn } = container()
  standIn.addCustomer({ externalId: 'u1' })
  standIn.fault({ when: { kind: 'update' }, times: 9, do: { kind: 'status', status: 409, body: stale } })
  expect(await deliver(identify('u1', { email }))).toMatchObject([{ kind: 'conflict', status: 409 }])
  expect(requests().filter(request => request === 'PUT update').length).toBe(3)
})

describe('an answer without attributes never leads to a list that loses what agents added', () => {
  test.each([
    ['none', {}],
    ['null', { attributes: null }],
    ['a text', { attributes: 'x' }],
    ['a list', { attributes: [] }],
  ])('%s', async (_, more) => {
    const { deliver, requests, standIn } = container()
    const { id } = standIn.addCustomer({ externalId: 'u1', emails: [{ email: 'agent@example.com' }] })
    const body = { data: { type: 'customer', id, ...more } }
    for (const kind of ['findByExternalId', 'read'] as const)
      standIn.fault({ when: { kind }, do: { kind: 'status', status: 200, body } })
    const byId = { context: { externalId: [{ type: 'kustomerId', id }] } }
    const outcomes = await deliver(identify('u1', { email }), identify('u1', { email }, byId))
    expect(outcomes).toMatchObject([{ kind: 'unavailable' }, { kind: 'unavailable' }])
    expect(requests()).toEqual(['GET findByExternalId', 'GET read'])
    await deliver(identify('u1', { email }))
    expect(standIn.customers()[0]?.attributes.emails).toMatchObject([
      { email: 'agent@example.com' },
      { email },
    ])
  })
})
