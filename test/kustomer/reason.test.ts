import { expect, test } from 'vitest'
import { transform } from '../../lib/index.ts'
import { attributeAdvice } from '../../lib/kustomer/advice.ts'
import { readKustomerError } from '../../lib/kustomer/error-body.ts'
import type { KnownAttribute } from '../../lib/kustomer/known-attributes.ts'
import { reasonFor } from '../../lib/kustomer/reason.ts'
import type { SchemaFault } from '../../lib/kustomer/schema-fault.ts'
import { validateCustomer, validateIdentityEvent } from '../../tools/kustomer-stand-in/validate.ts'

const of = (code: string, ...parameters: string[]) => ({
  errors: parameters.length > 0 ? parameters.map(parameter => ({ code, source: { parameter } })) : [{ code }],
})

/** An error in the shape that was recorded: the path of the rule in Kustomer's schema is its detail. */
const broken = (parameter: string, detail: string) => ({
  errors: [{ code: 'badparam', source: { parameter }, title: 'a text of Kustomer: ada@x.io', detail }],
})

const meta = '/properties/event/properties/meta'

test.each<[number, unknown, string]>([
  [
    400,
    broken('ada@x.io', `${meta}/patternProperties/(?!.*(Num|At))^[a-z]$/type`),
    'refused `meta.*` (badparam): a value does not fit its name (`…Num` a number, `…At` a date-time, else a text). If `advancedTransform` is off, switch it on. Otherwise rename the property.',
  ],
  [
    400,
    broken('Ada Lovelace', `${meta}/additionalProperties`),
    'refused `meta.*` (badparam): the name of a property does not have the required form. If `advancedTransform` is off, switch it on. Otherwise rename the property.',
  ],
  [
    400,
    broken('planStr', '/properties/custom/additionalProperties'),
    'refused `custom.*` (badparam): an attribute is not declared in Kustomer. Declare it there, or leave it out.',
  ],
  [
    400,
    broken('email', '/properties/emails/items/properties/email/format'),
    'refused `emails` (badparam): a value does not have the required form. If `advancedTransform` is off, switch it on. Otherwise correct it at its source.',
  ],
  [
    400,
    broken('name', '/properties/name/maxLength'),
    'refused `name` (badparam): a text is too long. If `advancedTransform` is off, switch it on. Otherwise shorten it.',
  ],
  [
    400,
    of('badparam', 'emails'),
    'refused `emails` (badparam): an attribute or a value does not fit its schema. The preview of the dead letter shows which.',
  ],
  [
    400,
    of('badparam', 'custom.a'),
    'refused `custom.*` (badparam): an attribute is not declared, or a value does not fit. The preview of the dead letter shows which.',
  ],
  [
    413,
    undefined,
    'refused the request (413): the request is over 100 kB. Send fewer or shorter properties.',
  ],
  [
    409,
    of('duplicate', 'emails'),
    'refused `emails` (duplicate): another customer has the same value. Merge the two customers in Kustomer, or correct the value, then replay.',
  ],
  [
    409,
    of('x', 'rev'),
    'refused `rev` (unknown): the customer was changed meanwhile. Send no `rev`, or replay.',
  ],
  [409, undefined, 'refused the request (409): it conflicts with another change. Replay.'],
  [
    401,
    of('bad_request'),
    'refused the request (bad_request): the key is wrong or belongs to another region. Set the right key, or the right `baseEndpoint`.',
  ],
  [302, undefined, 'refused the request (302): the host redirects to another one. Check `baseEndpoint`.'],
  [
    404,
    of('notfound'),
    'refused the request (notfound): nothing was found at this path. Check `baseEndpoint`.',
  ],
  [101, undefined, 'refused the request (101): the status is not that of a final response'],
  [200, undefined, "did not confirm the request (200): the body is not readable or not Kustomer's"],
  [408, undefined, 'refused the request (408): the request took too long'],
  [500, undefined, 'failed at the request (500): an error on its side'],
  [504, undefined, 'failed at the request (504): a gateway got no answer in time'],
])('%i with %j: Kustomer %s', (status, body, reason) => {
  expect(reasonFor(status, readKustomerError(body))).toBe(`Kustomer ${reason}`)
})

test('a reason with every attribute stays short enough for a log and a dead letter', () => {
  const names = [
    'externalId',
    'externalIds',
    'emails',
    'phones',
    'socials',
    'locations',
    'custom',
    'meta',
    'rev',
  ]
  const reason = reasonFor(400, readKustomerError(of('badparam', ...names)))
  expect(reason).toContain('`externalId`, `externalIds`, `emails` and 6 more')
  const every = Object.keys(attributeAdvice) as SchemaFault[]
  const longest = { code: 'bad_request', isDuplicate: false, namesRev: false } as const
  for (const fault of every)
    for (const first of ['meta.*', 'custom.*', 'externalIds'] as const) {
      const attributes = [first, 'lastCustomerActivityAt', 'sharedExternalIds', 'name'] as KnownAttribute[]
      expect(reasonFor(400, { ...longest, attributes, fault }).length).toBeLessThanOrEqual(256)
    }
})

const track = (event: string, properties = {}) => ({ type: 'track', userId: 'u', event, properties })
const identify = (traits: object) => ({ type: 'identify', userId: 'u', traits })

test.each<[string, SchemaFault, object]>([
  ['an event name with a blank', 'badForm', track('Order Completed')],
  ['a number in a property', 'wrongType', track('order', { total: 12.5 })],
  ['the name of a property', 'unknownName', track('order', { 'the total': 'x' })],
  [
    'too many properties',
    'tooMany',
    track('order', Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`prop${i}`, 'x']))),
  ],
  ['an e-mail address', 'badForm', identify({ email: 'none' })],
  ['a value that is not listed', 'wrongType', identify({ gender: 'q' })],
  ['a long name', 'tooLong', identify({ name: 'x'.repeat(999) })],
  [
    'a tag that is there twice',
    'repeated',
    identify({ tags: ['5f1a2b3c4d5e6f7a8b9c0d1e', '5f1a2b3c4d5e6f7a8b9c0d1e'] }),
  ],
])('%s: the setting that the reason names does help', (_, fault, event) => {
  const errorsWith = (advancedTransform: boolean) => {
    const call = transform(event, { advancedTransform })
    if (call.kind === 'skip') throw new Error('nothing is sent')
    return call.kind === 'recordEvent'
      ? validateIdentityEvent({ identity: call.identity, event: call.event })
      : validateCustomer(call.customer)
  }
  const error = readKustomerError({ errors: errorsWith(false) })
  expect(error.fault).toBe(fault)
  expect(reasonFor(400, error)).toContain('If `advancedTransform` is off, switch it on. Otherwise ')
  expect(errorsWith(true)).toEqual([])
})
