import { describe, expect, test } from 'vitest'
import { classifyAnswer } from '../../lib/delivery/classify-answer.ts'
import { readAnswerBody } from '../../lib/kustomer/answer-body.ts'
import { readKustomerError } from '../../lib/kustomer/error-body.ts'
import { places, spellings, tokens } from './personal-data.ts'

const statuses = [200, 307, 400, 401, 404, 409, 413, 422, 429, 500, 502]

/** Everything that is kept from an answer: the parsed error and the outcome. */
function keptOf(body: unknown, status: number, headers = {}): unknown[] {
  const answer = { kind: 'answer', status, headers, body } as const
  return [readKustomerError(body), classifyAnswer(answer, 'update', 1_800_000_000_000)]
}

const textOf = (kept: unknown) => JSON.stringify(kept)

test('there are sixty tokens in four hundred shapes', () => {
  expect(new Set(tokens).size).toBeGreaterThanOrEqual(60)
  expect(Object.keys(spellings)).toHaveLength(20)
  expect(Object.keys(places)).toHaveLength(20)
})

/**
 * Compares with the same answer that has a neutral text instead of the token. What is kept must be equal, so no
 * part of the token is in it, in any spelling.
 */
describe.each(Object.entries(places))('nothing of a text in %s is kept', (_, place) => {
  test.each(Object.entries(spellings))('%s', (_, spell) => {
    for (const status of statuses) {
      const kept = textOf(keptOf(place('~~'), status))
      const leaking = tokens.filter(token => textOf(keptOf(place(spell(token)), status)) !== kept)
      expect({ status, leaking }).toEqual({ status, leaking: [] })
    }
  })
})

test('nothing of a page is kept', () => {
  for (const token of tokens)
    for (const status of statuses) {
      const headers = { 'content-type': 'text/html' }
      const page = `<html><title>${token}</title><body>Authorization: Bearer ${token}</body></html>`
      const { body, isForeign } = readAnswerBody(page, status, headers)
      expect({ body, isForeign }).toEqual({ body: undefined, isForeign: true })
      expect(textOf(keptOf(body, status, headers))).toBe(textOf(keptOf(undefined, status)))
    }
})

test('only seconds of headers are kept', () => {
  for (const token of tokens)
    for (const status of statuses) {
      const headers = {
        location: token,
        'x-error': token,
        'www-authenticate': token,
        'retry-after': `x${token}`,
      }
      expect(textOf(keptOf(undefined, status, headers))).toBe(textOf(keptOf(undefined, status)))
    }
})

test('what is kept has only our own words: a code, attributes, a cause', () => {
  const body = {
    errors: [{ code: 'badparam', source: { parameter: 'emails' }, title: 'Quorrin', detail: '/custom/x' }],
  }
  const why =
    'Kustomer refused `custom.*` (badparam): an attribute is not declared, or a value does not fit. The preview of the dead letter shows which.'
  expect(keptOf(body, 400)[1]).toEqual({ kind: 'rejected', code: 'REJECTED', status: 400, why })
})
