import { describe, expect, test } from 'vitest'
import { kustomer } from './ask.ts'

describe('customers', () => {
  test('are created, found by each identifier, and answered in the recorded form', async () => {
    const { ask } = kustomer({ now: () => Date.UTC(2026, 0, 2) })
    const created = await ask('POST', '/v1/customers', {
      externalId: 'u/1',
      emails: [{ email: 'A+b@c.d', type: 'home' }],
      phones: [{ phone: '+1' }],
    })
    expect(created.status).toBe(201)
    const id = created.body?.data.id
    expect(id).toMatch(/^[0-9a-f]{24}$/)
    expect(created.body?.data).toMatchObject({
      type: 'customer',
      attributes: {
        externalId: 'u/1',
        externalIds: [{ externalId: 'u/1', verified: true }],
        emails: [{ email: 'A+b@c.d', type: 'home', verified: false }],
        tags: [],
        custom: {},
        rev: 1,
        createdAt: '2026-01-02T00:00:00.000Z',
      },
      relationships: { org: { data: { type: 'org' } } },
      links: { self: `/v1/customers/${id}` },
    })
    for (const path of ['externalId=u%2F1', 'email=a%2BB%40c.d', 'phone=%2B1', id]) {
      const found = await ask('GET', `/v1/customers/${path}`)
      expect([path, found.status, found.body?.data.id]).toEqual([path, 200, id])
    }
  })

  test.each(['externalId', 'email', 'phone'])(
    'a look-up by %s that finds nothing is the recorded 404',
    async by => {
      const { ask } = kustomer()
      const { status, body } = await ask('GET', `/v1/customers/${by}=nobody`)
      expect(status).toBe(404)
      expect(body).toEqual({
        errors: [{ status: 404, source: { parameter: by }, code: 'notfound', title: 'Not Found' }],
      })
    },
  )

  test('an update changes only its attributes, also within custom; null clears one; lists are replaced', async () => {
    const { standIn, ask } = kustomer()
    const { id } = standIn.addCustomer({
      externalId: 'u',
      name: 'N',
      emails: [{ email: 'a@b.c' }],
      custom: { aStr: 'x', bStr: 'y', cStr: 'z' },
    })
    const body = { emails: [{ email: 'd@e.f' }], custom: { aStr: null, bStr: 'Y' } }
    for (const [method, path] of [
      ['PUT', `${id}?replace=false`],
      ['PATCH', id],
    ] as const) {
      expect((await ask(method, `/v1/customers/${path}`, body)).status).toBe(200)
    }
    expect(standIn.customers()[0]?.attributes).toMatchObject({
      name: 'N',
      emails: [{ email: 'd@e.f', verified: false }],
      custom: { bStr: 'Y', cStr: 'z' },
      rev: 3,
    })
    expect(standIn.customers()[0]?.attributes.custom).not.toHaveProperty('aStr')
    expect((await ask('GET', '/v1/customers/email=a%40b.c')).status).toBe(404)
  })

  test('replace=true removes attributes that are not in the body', async () => {
    const { standIn, ask } = kustomer()
    const { id } = standIn.addCustomer({ name: 'N', custom: { aStr: 'x' }, emails: [{ email: 'a@b.c' }] })
    await ask('PUT', `/v1/customers/${id}?replace=true`, { username: 'u' })
    const [customer] = standIn.customers()
    expect(customer?.attributes).toMatchObject({ username: 'u', custom: {}, emails: [], rev: 2 })
    expect(customer?.attributes).not.toHaveProperty('name')
  })

  test('a new external id is added to the earlier ones, and all of them find the customer', async () => {
    const { standIn, ask } = kustomer()
    const { id } = standIn.addCustomer({ externalId: 'anonymous' })
    await ask('PUT', `/v1/customers/${id}`, { externalId: 'user' })
    expect(standIn.customers()[0]?.attributes).toMatchObject({
      externalId: 'user',
      externalIds: [
        { externalId: 'anonymous', verified: true },
        { externalId: 'user', verified: true },
      ],
    })
    for (const externalId of ['anonymous', 'user']) {
      expect((await ask('GET', `/v1/customers/externalId=${externalId}`)).body?.data.id).toBe(id)
    }
  })

  test('a stale rev is a conflict; the right rev and no rev are not', async () => {
    const { standIn, ask } = kustomer()
    const { id } = standIn.addCustomer({ name: 'N' })
    const statuses = []
    for (const rev of [1, 1, 2, undefined])
      statuses.push((await ask('PUT', `/v1/customers/${id}`, { rev })).status)
    expect(statuses).toEqual([200, 409, 200, 200])
    expect(standIn.customers()[0]?.attributes.rev).toBe(4)
  })

  test('switches: arrays merged, company unlinked, other statuses', async () => {
    const { standIn, ask } = kustomer({
      arraysOnUpdate: 'merged',
      companyUnlinkedWhenOmitted: true,
      duplicateStatus: 400,
      staleRevStatus: 412,
    })
    const { id } = standIn.addCustomer({ emails: [{ email: 'a@b.c' }], tags: ['x'], company: 'Acme' })
    standIn.addCustomer({ phones: [{ phone: '1' }] })
    await ask('PUT', `/v1/customers/${id}`, {
      emails: [{ email: 'A@b.c' }, { email: 'd@e.f' }],
      tags: ['x', 'y'],
    })
    const { emails, tags, company } = standIn.customers()[0]?.attributes ?? {}
    expect({ emails, tags, company }).toMatchObject({
      emails: [{ email: 'A@b.c' }, { email: 'd@e.f' }],
      tags: ['x', 'y'],
    })
    expect(company).toBeUndefined()
    expect((await ask('PUT', `/v1/customers/${id}`, { phones: [{ phone: '1' }] })).status).toBe(400)
    expect((await ask('PUT', `/v1/customers/${id}`, { rev: 99 })).status).toBe(412)
  })

  test('a deleted customer is not found, and its identifiers are free', async () => {
    const { standIn, ask } = kustomer()
    const { id } = standIn.addCustomer({ externalId: 'u', emails: [{ email: 'a@b.c' }] })
    expect((await ask('DELETE', `/v1/customers/${id}`)).status).toBe(204)
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect((await ask(method, `/v1/customers/${id}`, method === 'PUT' ? {} : undefined)).status).toBe(404)
    }
    expect(
      (await ask('POST', '/v1/customers', { externalId: 'u', emails: [{ email: 'a@b.c' }] })).status,
    ).toBe(201)
  })
})
