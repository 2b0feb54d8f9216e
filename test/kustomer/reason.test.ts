import { expect, test } from 'vitest'
import { readKustomerError } from '../../lib/kustomer/error-body.ts'
import { reasonFor } from '../../lib/kustomer/reason.ts'

const of = (code: string, ...parameters: string[]) => ({
  errors: parameters.length > 0 ? parameters.map(parameter => ({ code, source: { parameter } })) : [{ code }],
})

test.each<[number, unknown, string]>([
  [
    400,
    of('badparam', 'emails'),
    'refused `emails` (badparam): an attribute or a value does not fit its schema',
  ],
  [
    400,
    of('x', 'name', 'tags'),
    'refused `name`, `tags` (unknown): an attribute or a value does not fit its schema',
  ],
  [
    400,
    of('badparam', 'custom.a'),
    'refused `custom.*` (badparam): an attribute is not declared, or a value does not fit',
  ],
  [422, undefined, 'refused the request (422): an attribute or a value does not fit its schema'],
  [413, undefined, 'refused the request (413): the request is over 100 kB'],
  [409, of('duplicate', 'emails'), 'refused `emails` (duplicate): another customer has the same value'],
  [400, of('duplicate', 'phones'), 'refused `phones` (duplicate): another customer has the same value'],
  [409, of('x', 'rev'), 'refused `rev` (unknown): the customer was changed meanwhile'],
  [409, undefined, 'refused the request (409): it conflicts with another change'],
  [
    401,
    of('bad_request'),
    'refused the request (bad_request): the key is wrong or belongs to another region',
  ],
  [302, undefined, 'refused the request (302): the host redirects to another one'],
  [404, of('notfound'), 'refused the request (notfound): nothing was found at this path'],
  [426, undefined, 'refused the request (426): the host requires another protocol'],
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
  expect(reasonFor(400, readKustomerError(of('badparam', ...names))).length).toBeLessThan(256)
})
