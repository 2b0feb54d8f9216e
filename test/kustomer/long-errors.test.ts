import { describe, expect, test } from 'vitest'
import { readKustomerError } from '../../lib/kustomer/error-body.ts'

const mebi = 1_048_576
const duplicate = { code: 'duplicate', source: { parameter: 'emails' } }

// Reading in quadratic time would exceed the timeout of a test.
describe('an error answer of the maximum length is parsed', () => {
  test.each(['1', '1 ', 'a', 'a@', '"', '+1(', '/', '/0', 'rev', 'optimistic', 'duplicat'])(
    'of %j repeated',
    part => {
      const text = part.repeat(mebi / part.length)
      const error = {
        code: text,
        title: text,
        message: text,
        detail: text,
        source: { parameter: text, pointer: text },
      }
      expect(readKustomerError({ errors: [error, duplicate] })).toEqual({
        ...{ code: 'unknown', attributes: ['emails'], isDuplicate: true, namesRev: false },
      })
    },
  )

  test('of many errors', () => {
    const errors = Array.from({ length: 50_000 }, () => duplicate)
    expect(readKustomerError({ errors: [...errors, { source: { parameter: 'phones' } }] })).toMatchObject({
      ...{ code: 'duplicate', attributes: ['emails', 'phones'] },
    })
  })
})
