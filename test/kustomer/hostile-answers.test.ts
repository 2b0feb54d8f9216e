import { describe, expect, test } from 'vitest'
import type { Fault } from '../../tools/kustomer-stand-in/faults.ts'
import { container, identify, track } from '../delivery/delivering.ts'

const email = 'ada@example.com'
const idle = { kind: 'delivered' }
const lookUps: Fault['when'] = { kind: 'findByExternalId' }

describe('a look-up', () => {
  test.each<Fault['do']>([
    { kind: 'html', status: 200 },
    { kind: 'garbage', status: 200 },
    { kind: 'status', status: 200, body: {} },
    { kind: 'status', status: 200, body: { data: [] } },
    { kind: 'status', status: 200, body: { data: { id: '../users/x', attributes: {} } } },
    { kind: 'status', status: 200, body: { data: { id: 7 } } },
    { kind: 'status', status: 200, body: { data: { id: '' } } },
    { kind: 'drop', after: 'nothing' },
  ])('answered with %j is repeated later, and nothing is written', async action => {
    const { deliver, requests, standIn } = container()
    standIn.fault({ when: lookUps, do: action })
    expect(await deliver(identify('u1', { email }))).toMatchObject([
      { kind: 'unavailable', mayBeStored: false },
    ])
    expect(requests()).toEqual(['GET findByExternalId'])
    expect(await deliver(identify('u1', { email }))).toMatchObject([idle])
  })

  test('answered 404 by a gateway’s page says nothing of the customer: the set-up is wrong', async () => {
    const { deliver, requests, standIn } = container()
    standIn.fault({ when: lookUps, do: { kind: 'html', status: 404 } })
    expect(await deliver(identify('u1', { email }))).toMatchObject([{ kind: 'unauthorized', status: 404 }])
    expect(requests()).toEqual(['GET findByExternalId'])
  })

  test('answered with invalid attributes does not break the update', async () => {
    const { deliver, standIn } = container()
    const { id } = standIn.addCustomer({ externalId: 'u1' })
    const attributes = { emails: 'x', phones: [null, { phone: 7 }], externalId: 7 }
    standIn.fault({ when: lookUps, do: { kind: 'status', status: 200, body: { data: { id, attributes } } } })
    expect(await deliver(identify('u1', { email }))).toMatchObject([idle])
    expect(standIn.customers()).toMatchObject([{ attributes: { emails: [{ email }] } }])
  })
})

test('an id in the answer to a track is remembered only if it is valid in a path', async () => {
  const { deliver, person, standIn } = container()
  const data = { relationships: { customer: { data: { id: '../x' } } } }
  standIn.fault({ do: { kind: 'status', status: 201, body: { data } } })
  await deliver(track('u1'))
  expect(person('u1').customerId).toBeUndefined()
  await deliver(track('u1'))
  expect(person('u1').customerId).toMatch(/^[0-9a-f]{24}$/)
})
