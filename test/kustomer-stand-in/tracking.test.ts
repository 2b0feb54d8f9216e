import { describe, expect, test } from 'vitest'
import { kustomer } from './ask.ts'

const record = (identity: object, event: object = { name: 'Ab' }) => ({ identity, event })

describe('tracking', () => {
  test('an unknown identity becomes a customer, a known one is found; every call adds one event', async () => {
    const { standIn, ask } = kustomer()
    const body = record(
      { externalId: 'u', email: 'a@b.c', phone: '1', name: 'N' },
      { name: 'Ab', meta: { abc: 'x' } },
    )
    const first = await ask('POST', '/v1/tracking/identityEvent', body)
    const again = await ask('POST', '/v1/tracking/identityEvent', body)
    expect([first.status, again.status]).toEqual([201, 201])
    const [customer] = standIn.customers()
    expect(customer).toMatchObject({
      attributes: { externalId: 'u', name: 'N', emails: [{ email: 'a@b.c' }], phones: [{ phone: '1' }] },
      events: [{ event: body.event }, { identity: body.identity }],
    })
    expect(standIn.customers()).toHaveLength(1)
    expect(standIn.events().map(event => event.customerId)).toEqual([customer?.id, customer?.id])
    expect(first.body?.data).toMatchObject({
      type: 'identity',
      attributes: { status: 'created' },
      relationships: { customer: { data: { type: 'customer', id: customer?.id } } },
    })
    expect(again.body?.data.attributes.status).toBe('updated')
  })

  test('a customer found by e-mail gets the external id, unless it has one', async () => {
    const { standIn, ask } = kustomer()
    const bare = standIn.addCustomer({ emails: [{ email: 'a@b.c' }] })
    const named = standIn.addCustomer({ externalId: 'known', emails: [{ email: 'd@e.f' }] })
    for (const email of ['A@b.c', 'd@e.f']) {
      await ask('POST', '/v1/tracking/identityEvent', record({ externalId: `new ${email}`, email }))
    }
    const of = (id: string) => standIn.customers().find(customer => customer.id === id)
    expect(of(bare.id)).toMatchObject({ attributes: { externalId: 'new A@b.c', rev: 2 }, events: [{}] })
    expect(of(named.id)).toMatchObject({ attributes: { externalId: 'known', rev: 1 }, events: [{}] })
  })

  test('the external id has priority over the e-mail, and a phone of another customer stays there', async () => {
    const { standIn, ask } = kustomer()
    const byId = standIn.addCustomer({ externalId: 'u' })
    standIn.addCustomer({ emails: [{ email: 'a@b.c' }], phones: [{ phone: '1' }] })
    await ask('POST', '/v1/tracking/identityEvent', record({ externalId: 'u', email: 'a@b.c' }))
    await ask('POST', '/v1/tracking/identityEvent', record({ externalId: 'new', phone: '1' }))
    expect(standIn.events()[0]?.customerId).toBe(byId.id)
    expect(standIn.customers()[2]?.attributes).toMatchObject({ externalId: 'new', phones: [] })
  })

  test('a refused event changes nothing', async () => {
    const { standIn, ask } = kustomer()
    const { status, body } = await ask(
      'POST',
      '/v1/tracking/identityEvent',
      record({ externalId: 'u' }, { name: 'A b' }),
    )
    expect([status, body?.errors[0]?.source?.parameter]).toEqual([400, 'name'])
    expect([standIn.customers(), standIn.events(), standIn.requests[0]?.applied]).toEqual([[], [], false])
  })
})
