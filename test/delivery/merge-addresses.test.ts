import { describe, expect, test } from 'vitest'
import {
  addressesOf,
  addressKey,
  uniteAddresses,
  withoutAddresses,
} from '../../lib/delivery/merge-addresses.ts'

const email = (address: string, type = 'home') => ({ email: address, type })
const many = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => email(`${name}${index}@example.com`))

test.each([
  ['email', ' Ada@Example.com ', 'email:ada@example.com'],
  ['phone', '+1 (555) 010-99', 'phone:+155501099'],
  ['phone', ' Extension ', 'phone:extension'],
] as const)('different spellings of an %s %j are the same address', (key, address, expected) => {
  expect(addressKey(key, address)).toBe(expected)
})

test('own and shared addresses are read, and items of another shape are ignored', () => {
  const attributes = {
    emails: [email('a@example.com'), null, 7, {}, { email: 7 }],
    sharedEmails: [email('b@example.com')],
    phones: 'none',
    sharedPhones: [{ phone: '+1555' }],
  }
  expect(addressesOf(attributes)).toEqual(['email:a@example.com', 'email:b@example.com', 'phone:+1555'])
})

const nothing = { customer: {}, hasLists: false, withoutRoom: [] }

describe('uniteAddresses', () => {
  test('puts the customer’s addresses first and keeps only writable properties', () => {
    const own = {
      emails: [{ email: 'own@example.com', type: 'work', verified: true, id: 'x', createdAt: 'y' }],
    }
    expect(uniteAddresses({ name: 'Ada', emails: [email('new@example.com')] }, own)).toEqual({
      customer: {
        name: 'Ada',
        emails: [{ email: 'own@example.com', type: 'work', verified: true }, email('new@example.com')],
      },
      hasLists: true,
      withoutRoom: [],
    })
  })

  test('does not send back what Kustomer answers as null', () => {
    const own = { phones: [{ phone: '+1555', type: null, verified: false }] }
    const { customer } = uniteAddresses({ phones: [{ phone: '+1666', type: 'home' }] }, own)
    expect(customer.phones).toEqual([
      { phone: '+1555', verified: false },
      { phone: '+1666', type: 'home' },
    ])
  })

  test.each([
    ['nothing new', { emails: [email('OWN@example.com')] }],
    ['an address that the customer shares', { emails: [email('shared@example.com')] }],
  ])('leaves out a list with %s', (_, customer) => {
    const own = { emails: [email('own@example.com')], sharedEmails: [email('shared@example.com')] }
    expect(uniteAddresses(customer, own)).toEqual(nothing)
  })

  test('sends at most ten, loses none of the customer’s, and returns those without room', () => {
    const { customer, withoutRoom } = uniteAddresses({ emails: many(4, 'new') }, { emails: many(8, 'own') })
    expect(withoutRoom).toEqual(['email:new2@example.com', 'email:new3@example.com'])
    expect(customer.emails?.map(item => item.email)).toEqual([
      ...many(8, 'own').map(item => item.email),
      'new0@example.com',
      'new1@example.com',
    ])
  })

  test('does not change a full list', () => {
    expect(uniteAddresses({ emails: many(1, 'new') }, { emails: many(10, 'own') })).toEqual({
      ...nothing,
      withoutRoom: ['email:new0@example.com'],
    })
  })
})

test('withoutAddresses keeps the other attributes', () => {
  expect(withoutAddresses({ name: 'Ada', emails: many(1, 'a'), phones: [] })).toEqual({ name: 'Ada' })
})
