import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readKustomerError } from '../../lib/kustomer/error-body.ts'

const recorded = {
  errors: [
    {
      status: 400,
      source: { parameter: 'notAnActualAttribute' },
      code: 'badparam',
      title: 'Additional properties not allowed',
      detail: '/properties/custom/additionalProperties',
    },
  ],
}
const documented = { errors: [{ code: 'bad_request', message: 'Something is missing', meta: {} }] }
const duplicate = {
  errors: [{ status: 409, code: 'duplicate', source: { parameter: 'emails' }, title: 'duplicate detected' }],
}

describe('readKustomerError', () => {
  test('reads the recorded shape', () => {
    expect(readKustomerError(recorded, {})).toEqual({
      words:
        'badparam Additional properties not allowed notAnActualAttribute /properties/custom/additionalProperties',
      parameters: ['notAnActualAttribute'],
      isDuplicate: false,
    })
  })

  test('reads the documented shape', () => {
    expect(readKustomerError(documented, {}).words).toBe('bad_request Something is missing')
  })

  test('sees a duplicate and what is contested', () => {
    expect(readKustomerError(duplicate, {})).toMatchObject({ isDuplicate: true, parameters: ['emails'] })
  })

  test.each([
    ['nothing', undefined],
    ['a text', 'Bad Gateway'],
    ['null', null],
    ['a list', []],
    ['errors that are no list', { errors: 'x' }],
    ['errors of another kind', { errors: [null, 7, 'x', { code: 7, source: null }] }],
  ])('%s says nothing', (_, body) => {
    expect(readKustomerError(body, {})).toMatchObject({ parameters: [], isDuplicate: false })
    expect(readKustomerError(body, {}).words.replace(/[; ]/g, '')).toBe('')
  })

  test.each([
    ['an address', 'taken by grace@example.com, sorry', /grace|example/],
    ['a phone number', 'taken by +1 (555) 010-99', /555|010/],
    ['a quoted value', 'Invalid value "Grace" here', /Grace/],
  ])('hides %s that was not sent', (_, message, hidden) => {
    expect(readKustomerError({ errors: [{ message }] }, {}).words).not.toMatch(hidden)
  })

  test('its words never hold a text that was sent, and are 256 characters at most', () => {
    const text = fc.string({ minLength: 2, maxLength: 40, unit: 'binary' }).filter(s => !/["…\ufffd]/.test(s))
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 12 }),
        fc.array(fc.string()),
        (secrets, between) => {
          const said = secrets.map((secret, index) => `${between[index] ?? ''}${secret}`).join('')
          const sent = { emails: [{ email: secrets[0] }], custom: secrets }
          const { words } = readKustomerError({ errors: [{ title: said, detail: said.slice(3) }] }, sent)
          expect(words.length).toBeLessThanOrEqual(256)
          expect(words.isWellFormed()).toBe(true)
          for (const secret of secrets) expect(words).not.toContain(secret)
        },
      ),
    )
  })
})
