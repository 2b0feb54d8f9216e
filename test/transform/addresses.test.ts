import { describe, expect, test } from 'vitest'
import { transform, type UpsertCustomer } from '../../lib/index.ts'

/** An identify's call for these traits. */
function identify(traits: object) {
  return transform({ type: 'identify', userId: 'u1', traits }) as UpsertCustomer
}

describe('only a valid e-mail address is looked up', () => {
  test.each([
    `${'a'.repeat(251)}@b.co`,
    'a@b.co',
    'a+b@c.d',
    "o'brien@x.example",
    'ü@bücher.example',
    'a@b..c',
    'a@.b.c',
  ])('%s', email => {
    expect(identify({ email }).find).toContainEqual({ role: 'email', value: email })
  })
  test.each([
    'a',
    'a@b',
    '@b.co',
    'a@@b.co',
    'a@b@c.co',
    'a b@c.co',
    'a@b.',
    'a@.b',
    'a@b.co\n.x',
    `${'a'.repeat(252)}@b.co`,
    'a\ud800@b.co',
  ])('%j is not valid', email => {
    const { find, customer } = identify({ email })
    expect({ find, customer }).toEqual({
      find: [{ role: 'user', value: 'u1' }],
      customer: { externalId: 'u1' },
    })
  })
})

describe('a web address', () => {
  test.each([
    ['https://a.example', 'https://a.example'],
    ['HTTP://a.example/x?y=z#w', 'HTTP://a.example/x?y=z#w'],
    [' a.example/x ', 'https://a.example/x'],
    ['a.example:8080', 'https://a.example:8080'],
    ['http://user@a.example', 'http://user@a.example'],
    ['a.example?x=y@z', 'https://a.example?x=y@z'],
    ['bücher.example', 'https://bücher.example'],
  ])('%j is sent as %s', (avatar, avatarUrl) => {
    expect(identify({ avatar }).customer.avatarUrl).toBe(avatarUrl)
  })
  test.each([
    'localhost',
    'http://localhost/x',
    'user@a.example',
    'ftp://a.example',
    'mailto:a@b.example',
    'javascript:alert(1)',
    'a.example/x y',
    'https://',
    '.',
    'a.',
    '/x.y',
    'data:image/png;base64,AA',
  ])('%j is not valid', avatar => {
    expect(identify({ avatar }).customer).not.toHaveProperty('avatarUrl')
  })
})

describe("Kustomer's own id", () => {
  const knownId = (id: unknown) =>
    (
      transform({
        type: 'identify',
        userId: 'u1',
        context: { externalId: [{ type: 'kustomerId', id }] },
      }) as UpsertCustomer
    ).knownId
  test.each([
    ['58210c3db0f09110006b7953', '58210c3db0f09110006b7953'],
    ['A_z-9', 'A_z-9'],
    [42, '42'],
    ['x'.repeat(64), 'x'.repeat(64)],
  ])('%j is taken', (given, id) => expect(knownId(given)).toBe(id))
  test.each(['', ' ', 'x'.repeat(65), 'a/b', '..', 'a b', 'a%2fb', 'é', 'a\n', null, true, {}])(
    '%j is not',
    given => expect(knownId(given)).toBeUndefined(),
  )
})
