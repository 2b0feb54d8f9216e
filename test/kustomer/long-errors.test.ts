import { describe, expect, test } from 'vitest'
import { readKustomerError } from '../../lib/kustomer/error-body.ts'

const mebi = 1_048_576

describe('an error answer as long as an answer can be is read, and holds the worker up for nothing', () => {
  test.each(['1', '1 ', 'a', 'a@', '"', '+1('])(
    'of %j over and over',
    part => {
      const title = part.repeat(mebi / part.length)
      expect(readKustomerError({ errors: [{ title }, { title: 'duplicate' }] }, {})).toEqual({
        words: '',
        parameters: [],
        isDuplicate: true,
      })
    },
    10_000,
  )

  test('of many errors: the first are told, each whole', () => {
    const errors = Array.from({ length: 20_000 }, (_, i) => ({ code: `badparam-${i}` }))
    const { words } = readKustomerError({ errors }, {})
    expect(words).toMatch(/^badparam-0; badparam-1; badparam-2/)
  })

  test('to a request of many texts', () => {
    const sent = { meta: Array.from({ length: 50_000 }, (_, i) => `value ${i}`) }
    expect(readKustomerError({ errors: [{ title: 'value 49999 is refused' }] }, sent).words).toBe(
      '… is refused',
    )
  })

  test('to a request that is a list of half a million items', () => {
    const sent = { meta: Array.from({ length: 500_000 }, () => 1) }
    expect(readKustomerError({ errors: [{ title: 'too wide' }] }, sent).words).toBe('too wide')
  })
})

test('what is cut never ends in half of a value', () => {
  const secret = `Ada ${'Lovelace '.repeat(50)}`
  const title = `${'x '.repeat(2_000)}${secret}`
  expect(readKustomerError({ errors: [{ title }] }, { name: secret }).words).not.toContain('Ada')
})
