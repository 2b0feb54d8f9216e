import { describe, expect, test } from 'vitest'
import {
  validateCustomer,
  validateIdentityEvent,
  validators,
} from '../../tools/kustomer-stand-in/validate.ts'
import { attributes, date, many } from './attributes.ts'

const record = (event: object, identity: object = { externalId: 'u' }) => ({
  identity,
  event: { name: 'Ab', ...event },
})

describe('a customer', () => {
  test.each(attributes)('%s', (name, accepted, refused) => {
    for (const value of accepted)
      expect(validateCustomer({ [name]: value }), JSON.stringify(value)).toEqual([])
    for (const value of refused)
      expect(validateCustomer({ [name]: value }), JSON.stringify(value)).not.toEqual([])
  })

  test.each(['nothing', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'id', 'deleted'])(
    'may not have %s, at any level',
    key => {
      const owned = (inner: string) => JSON.parse(inner.replace('KEY', `"${key}":"x"`))
      const error = {
        status: 400,
        code: 'badparam',
        title: 'Additional properties not allowed',
        source: { parameter: key },
      }
      for (const body of [
        '{KEY}',
        '{"custom":{KEY}}',
        '{"emails":[{"email":"a@b.c",KEY}]}',
        '{"locations":[{KEY}]}',
      ]) {
        expect(validateCustomer(owned(body)), body).toEqual([expect.objectContaining(error)])
      }
    },
  )

  test('with an unknown custom attribute is refused with the recorded message', () => {
    expect(validateCustomer({ custom: { notAnActualAttribute: 1 } })).toEqual([
      {
        status: 400,
        source: { parameter: 'notAnActualAttribute' },
        code: 'badparam',
        title: 'Additional properties not allowed',
        detail: '/properties/custom/additionalProperties',
      },
    ])
  })

  test('can be limited to declared custom attributes and to companies by id', () => {
    const { customer } = validators({ declaredCustom: ['planStr'], companyMustBeId: true })
    expect(customer({ custom: { planStr: 'gold' }, company: '57d9d3a1e4b0c6a5f8e21b70' })).toEqual([])
    expect(customer({ custom: { planStr: 5 } })).not.toEqual([])
    expect(customer({ custom: { otherStr: 'gold' } })).not.toEqual([])
    expect(customer({ company: 'Acme' })).not.toEqual([])
  })
})

describe('an event', () => {
  test.each([
    record({}),
    record({ name: `A${'b'.repeat(254)}`, sessionId: 's', trackingId: 't' }),
    record({ meta: { incomeNum: 5, createdAt: date, 'Cart-Name': '', Cart: 'x', toString: 'x' } }),
    record({ meta: many(100) }),
    record(
      {},
      {
        externalId: 'u',
        email: 'a@b.c',
        phone: '1',
        name: 'n',
        custom: { aStr: 'x' },
        location: {},
        createdAt: date,
      },
    ),
  ])('is accepted: %j', body => {
    expect(validateIdentityEvent(body)).toEqual([])
  })

  test.each([
    {},
    { identity: {} },
    { event: { name: 'Ab' } },
    ...['Order Completed', 'A', '1a', 'Aé', `A${'b'.repeat(255)}`, 5, null].map(name => record({ name })),
    ...[{ income: 5 }, { incomeNum: '5' }, { createdAt: '2020' }, { fooNumBar: 'x' }, { ab: 'x' }].map(meta =>
      record({ meta }),
    ),
    ...[{ abc: true }, { abc: null }, { abc: {} }, { abc: [] }, { 'a.b.c': 'x' }, { _abc: 'x' }].map(meta =>
      record({ meta }),
    ),
    record({ meta: many(101) }),
    record({ sessionId: 5 }),
    record({ timestamp: date }),
    record({}, { externalId: null }),
    record({}, { externalId: 'u', traits: {} }),
    record({}, { externalId: 'u', custom: { aStr: null } }),
    record({}, { email: 'nobody' }),
    JSON.parse('{"identity":{},"event":{"name":"Ab","meta":{"__proto__":"x"}}}'),
    JSON.parse('{"identity":{"constructor":"x"},"event":{"name":"Ab"}}'),
  ])('is refused: %j', body => {
    expect(validateIdentityEvent(body)).not.toEqual([])
  })
})

test.each([undefined, null, 5, 'x', [], true])('a body that is not an object is refused: %j', body => {
  expect(validateCustomer(body)).toHaveLength(1)
  expect(validateIdentityEvent(body)).toHaveLength(1)
})

test('deep nesting is refused and causes no stack overflow', () => {
  for (const key of ['gender', 'tags', 'custom']) {
    const body = JSON.parse(`{"${key}":${'['.repeat(40_000)}${']'.repeat(40_000)}}`)
    expect(validateCustomer(body)).toHaveLength(1)
  }
})
