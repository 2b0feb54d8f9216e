import fc from 'fast-check'
import { marks } from '../oracles/marks.ts'
import { hostileKey } from './hostile-key.ts'
import { hostileText } from './hostile-text.ts'
import { hostileValue, toText } from './hostile-value.ts'

/** An answer of Kustomer, or of something in front of it. */
export interface Answer {
  status: number
  headers: Record<string, string>
  text: string
}

const said = hostileText(marks.answer)
const word = fc.oneof(
  said,
  fc.constantFrom(
    ...['badparam', 'duplicate detected', 'notfound', 'rev is stale', 'optimistic locking', 'emails'],
  ),
)
const error = fc.record(
  {
    ...{ status: fc.oneof(fc.integer(), said), code: word, title: word, detail: word, message: word },
    ...{
      source: fc.oneof(fc.record({ parameter: word, pointer: word }), word, fc.constant(null)),
      meta: hostileValue,
    },
  },
  { requiredKeys: [] },
)
const id = fc.oneof(
  fc.constantFrom('58210c3db0f09110006b7953', '58210c3db0f09110006b7954'),
  said,
  hostileValue,
)
const address = fc.record(
  { email: fc.oneof(said, fc.constant('ada@a.example')), phone: said, type: word },
  { requiredKeys: [] },
)
/** Attributes of a customer as Kustomer may answer them, many of a wrong kind. */
export const hostileAttributes = fc.oneof(
  fc.record(
    {
      ...{
        externalId: fc.oneof(fc.constantFrom('u1', 'u2', 'a1'), said),
        name: said,
        rev: fc.oneof(fc.nat(), hostileValue),
      },
      ...{ emails: fc.array(fc.oneof(address, hostileValue), { maxLength: 12 }), phones: hostileValue },
      ...{
        externalIds: fc.array(fc.oneof(fc.record({ externalId: said }), hostileValue), { maxLength: 12 }),
      },
      ...{ sharedEmails: hostileValue, custom: hostileValue, tags: hostileValue },
    },
    { requiredKeys: [] },
  ),
  hostileValue,
)
const customer = fc.record(
  { type: word, id, attributes: hostileAttributes, relationships: hostileValue },
  { requiredKeys: ['id'] },
)
const tracked = fc.record({ relationships: fc.record({ customer: fc.record({ data: fc.record({ id }) }) }) })

const body = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.oneof(error, hostileValue), { maxLength: 4 }).map(errors => toText({ errors })),
  },
  { weight: 3, arbitrary: customer.map(data => toText({ data })) },
  { weight: 1, arbitrary: tracked.map(data => toText({ data })) },
  { weight: 2, arbitrary: hostileValue.map(toText) },
  { weight: 1, arbitrary: said.map(text => `<html><title>${text}</title></html>`) },
  {
    weight: 1,
    arbitrary: fc.tuple(customer, fc.nat(60)).map(([data, length]) => toText({ data }).slice(0, length)),
  },
  { weight: 1, arbitrary: said },
)

const number = fc.oneof(
  fc.constantFrom(
    '0',
    '1',
    '999',
    '1e3',
    '-1',
    '',
    ' 5 ',
    '1.5',
    '99999999999999999999',
    '1800000030',
    '1800000030000',
  ),
  fc.constantFrom('NaN', 'Infinity', '0x10', '5, 6', 'Fri, 15 Jan 2027 08:00:30 GMT', 'Fri, 99 Foo 2027'),
  said,
)
const headers = fc.record(
  {
    ...{ 'x-ratelimit-limit': number, 'x-ratelimit-remaining': number, 'x-ratelimit-reset': number },
    ...{ 'retry-after': number, location: said, 'www-authenticate': said, 'x-error': said },
    'content-type': fc.constantFrom(
      'application/json',
      'text/html',
      'text/html; charset=utf-8',
      'TEXT/HTML',
      'text/plain',
    ),
  },
  { requiredKeys: [] },
)

const statuses = [
  200, 200, 201, 201, 204, 400, 400, 401, 403, 404, 404, 404, 409, 409, 413, 422, 429, 500, 502, 503,
]

/** Answers with hostile words, ids, customers, headers and statuses. */
export const hostileAnswer: fc.Arbitrary<Answer> = fc.record({
  status: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...statuses) },
    fc.integer({ min: 100, max: 599 }),
  ),
  headers: fc.oneof(headers, fc.dictionary(hostileKey, number, { maxKeys: 3 })),
  text: body,
})
