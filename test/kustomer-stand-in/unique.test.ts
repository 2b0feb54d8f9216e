import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { itemsOf } from '../../tools/kustomer-stand-in/identifiers.ts'
import { createStore } from '../../tools/kustomer-stand-in/store.ts'
import { kustomer } from './ask.ts'

describe('identifiers are unique in the organisation', () => {
  test.each([
    ['emails', { emails: [{ email: 'a@b.c' }] }, { emails: [{ email: 'x@y.z' }, { email: 'A@B.C' }] }],
    ['phones', { phones: [{ phone: '1' }] }, { phones: [{ phone: '1', type: 'work' }] }],
    ['whatsapps', { whatsapps: [{ phone: '1' }] }, { whatsapps: [{ phone: '1' }] }],
    [
      'socials',
      { socials: [{ type: 'twitter', username: 'u' }] },
      { socials: [{ type: 'twitter', username: 'u' }] },
    ],
    ['externalId', { externalIds: [{ externalId: 'e' }] }, { externalId: 'e' }],
    ['externalIds', { externalId: 'e' }, { externalIds: [{ externalId: 'e' }] }],
  ])('%s', async (parameter, first, second) => {
    const { standIn, ask } = kustomer()
    standIn.addCustomer(first)
    const other = standIn.addCustomer({ name: 'other' })
    for (const [method, path] of [
      ['POST', ''],
      ['PUT', `/${other.id}`],
    ] as const) {
      const { status, body } = await ask(method, `/v1/customers${path}`, { name: 'new', ...second })
      expect(status).toBe(409)
      expect(body).toEqual({
        errors: [{ status: 409, code: 'duplicate', source: { parameter }, title: 'duplicate detected' }],
      })
    }
    expect(standIn.customers().map(({ attributes }) => attributes.name)).toEqual([undefined, 'other'])
    expect(standIn.requests.map(({ applied }) => applied)).toEqual([false, false])
  })

  test('but shared ones, the same phone of another kind, and the customer’s own are allowed', async () => {
    const { standIn, ask } = kustomer()
    const { id } = standIn.addCustomer({
      externalId: 'e',
      phones: [{ phone: '1' }],
      sharedEmails: [{ email: 'a@b.c' }],
    })
    expect(
      (await ask('PUT', `/v1/customers/${id}`, { externalId: 'e', phones: [{ phone: '1' }] })).status,
    ).toBe(200)
    const other = { whatsapps: [{ phone: '1' }], sharedEmails: [{ email: 'a@b.c' }] }
    expect((await ask('POST', '/v1/customers', other)).status).toBe(201)
  })
})

const few = (...values: string[]) => fc.constantFrom(...values)
const body = fc.record(
  {
    externalId: few('a', 'b', 'c'),
    externalIds: fc.array(fc.record({ externalId: few('a', 'b', 'c', 'd') }), { maxLength: 2 }),
    emails: fc.array(fc.record({ email: few('a@b.c', 'A@B.C', 'd@e.f') }), { maxLength: 2 }),
    phones: fc.array(fc.record({ phone: few('1', '2') }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const step = fc.record({
  customer: fc.nat(4),
  what: fc.constantFrom('create', 'update', 'replace', 'remove'),
  body,
})

test('after any writes every customer is found by all its identifiers, and by no former one', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom('replaced', 'merged'), (steps, arrays) => {
      const store = createStore({ arrays, companyUnlinkedWhenOmitted: false, now: () => 0 })
      for (const { customer, what, body } of steps) {
        const known = store.get(store.customers()[customer]?.id ?? '')
        if (what === 'create') store.write(undefined, body)
        else if (known && what === 'remove') store.remove(known)
        else if (known) store.write(known, body, what === 'replace')
      }
      const holders = (list: string, key: string, value: string) =>
        store
          .customers()
          .filter(c => itemsOf(c.attributes[list]).some(i => `${i[key]}`.toLowerCase() === value))
      for (const [list, key, values] of [
        ['externalIds', 'externalId', ['a', 'b', 'c', 'd']],
        ['emails', 'email', ['a@b.c', 'd@e.f']],
        ['phones', 'phone', ['1', '2']],
      ] as const) {
        for (const value of values) {
          const ids = holders(list, key, value).map(({ id }) => id)
          expect(ids).toEqual([store.find(list, value)?.id].filter(id => id !== undefined))
        }
      }
    }),
  )
})
