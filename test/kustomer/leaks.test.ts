import { describe, expect, test } from 'vitest'
import { classifyAnswer } from '../../lib/delivery/classify-answer.ts'
import { readAnswerBody } from '../../lib/kustomer/answer-body.ts'
import { readKustomerError } from '../../lib/kustomer/error-body.ts'
import { places, spellings, tokens } from './personal-data.ts'

const statuses = [200, 307, 400, 401, 404, 409, 413, 422, 429, 500, 502]

/** All that is kept of an answer: what is read of the error, and the outcome. */
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
 * The same answer with a text that is nothing at all in place of the token: what is kept may differ by nothing, so no
 * part of the token is in it, however it is spelled.
 */
describe.each(Object.entries(places))('of a text in %s nothing is kept', (_, place) => {
  test.each(Object.entries(spellings))('%s', (_, spell) => {
    for (const status of statuses) {
      const kept = textOf(keptOf(place('~~'), status))
      const leaking = tokens.filter(token => textOf(keptOf(place(spell(token)), status)) !== kept)
      expect({ status, leaking }).toEqual({ status, leaking: [] })
    }
  })
})

test('of a page nothing is kept', () => {
  for (const token of tokens)
    for (const status of statuses) {
      const headers = { 'content-type': 'text/html' }
      const page = `<html><title>${token}</title><body>Authorization: Bearer ${token}</body></html>`
      const { body, isForeign } = readAnswerBody(page, status, headers)
      expect({ body, isForeign }).toEqual({ body: undefined, isForeign: true })
      expect(textOf(keptOf(body, status, headers))).toBe(textOf(keptOf(undefined, status)))
    }
})

test('of headers nothing is kept but seconds', () => {
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

test('what is kept speaks of our own words: a code, attributes, a cause', () => {
  const body = {
    errors: [{ code: 'badparam', source: { parameter: 'emails' }, title: 'Quorrin', detail: '/custom/x' }],
  }
  const why =
    'Kustomer refused `emails`, `custom.*` (badparam): an attribute is not declared, or a value does not fit'
  expect(keptOf(body, 400)[1]).toEqual({ kind: 'rejected', code: 'REJECTED', status: 400, why })
})
