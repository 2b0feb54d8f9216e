import { describe, expect, test } from 'vitest'
import { transform } from '../../lib/index.ts'
import { envelopeIn } from '../queue/envelope-in.ts'
import { acceptText } from './accepting.ts'

/** The places of an id that makes a person, as the rest of an event around the id. */
const places: Record<string, (id: string) => string> = {
  userId: id => `"userId":${id}`,
  'traits.userId': id => `"traits":{"userId":${id}}`,
  'traits.id': id => `"traits":{"id":${id}}`,
  'context.traits.userId': id => `"context":{"traits":{"userId":${id}}}`,
  'context.traits.id': id => `"context":{"traits":{"id":${id}}}`,
  anonymousId: id => `"anonymousId":${id}`,
}
const identify = (rest: string) => `{"type":"identify","messageId":"m1",${rest}}`

/** The person of an accepted event, as the worker reads it from the queue; else the code of the refusal. */
function personOf(text: string): string {
  const accepted = acceptText(text)
  if (accepted.kind === 'refused') return accepted.refusal.code
  if (accepted.kind === 'ignored') return 'ignored'
  const call = transform(envelopeIn(accepted.sealed.body).event)
  return call.kind === 'upsertCustomer' ? `${call.externalIdFrom} ${call.customer.externalId}` : call.kind
}

describe.each(Object.entries(places))('an id in %s', (place, around) => {
  const from = place === 'anonymousId' ? 'anonymousId' : 'userId'

  test.each([
    ['2^53 + 1, which is read as 2^53', '9007199254740993'],
    ['the same below zero', '-9007199254740993'],
    ['the same with an exponent', '9.007199254740993e15'],
    ['2^53, which may have been rounded', '9007199254740992'],
    ['a very large number', '1e308'],
    ['the first half of a pair', '"\\ud83d"'],
    ['the second half of a pair in a text', '"u\\udc00"'],
    ['257 characters', `"${'x'.repeat(257)}"`],
  ])('that is %s is INVALID_IDENTITY', (_, id) => {
    expect(personOf(identify(around(id)))).toBe('INVALID_IDENTITY')
  })

  test.each([
    ['9007199254740991', '9007199254740991'],
    ['1.0', '1'],
    ['1E+2', '100'],
    ['-0', '0'],
    ['"1.0"', '1.0'],
    ['"9007199254740993"', '9007199254740993'],
    ['"\\ud83d\\ude00"', '😀'],
    ['"e\\u0301"', 'e\u0301'],
    ['"\ufffd"', '\ufffd'],
  ])('that is %s is the id %s', (id, expected) => {
    expect(personOf(identify(around(id)))).toBe(`${from} ${expected}`)
  })

  test.each(['1e400', '-1e400', 'null', 'true', '" "', '[1]', '{"id":1}'])('that is %s is none', id => {
    expect(personOf(identify(around(id)))).toBe('MISSING_IDENTITY')
  })
})

test.each(['9007199254740993', '"\\ud83d"', `"${'x'.repeat(257)}"`])(
  'a user id that is invalid is not replaced by another one: %s',
  id => {
    expect(personOf(identify(`"userId":${id},"anonymousId":"a1","traits":{"id":"u2"}`))).toBe(
      'INVALID_IDENTITY',
    )
  },
)

test.each(['1e400', '[1]', 'true'])('a user id of another kind gives way to the next one: %s', id => {
  expect(personOf(identify(`"userId":${id},"anonymousId":"a1"`))).toBe('anonymousId a1')
})

test.each(['9007199254740993', '1e400', '{"a":1}', '[]', 'true', '" "', 'null'])(
  'a messageId that is no id is replaced by a new one, so that no two events become one: %s',
  id => {
    const idOf = () => {
      const accepted = acceptText(`{"type":"track","userId":"u1","event":"E","messageId":${id}}`)
      return accepted.kind === 'queue' ? accepted.messageId : ''
    }
    expect(idOf()).toMatch(/^[0-9a-f]{8}-/)
    expect(idOf()).not.toBe(idOf())
  },
)

test.each(['9007199254740993', '1e400', '"\\ud83d"', '-0.5', '"a/b"', '".."'])(
  'a Kustomer id that is none is not used: %s',
  id => {
    const call = transform(
      JSON.parse(identify(`"userId":"u1","context":{"externalId":[{"type":"kustomerId","id":${id}}]}`)),
    )
    expect(call).not.toHaveProperty('knownId')
    expect(call).toMatchObject({ notes: [{ path: 'context.externalId', did: 'left out' }] })
  },
)
