import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Ingest, startIngest, track } from './ingest-function.ts'

let ingest: Ingest
beforeEach(async () => {
  ingest = await startIngest()
})
afterEach(() => ingest.close())

describe('a refusal', () => {
  test.each<[string, unknown, number, string]>([
    ['nothing', '', 400, 'EMPTY'],
    ['blanks', ' \n', 400, 'EMPTY'],
    ['no JSON', '{"secret":', 400, 'NOT_JSON'],
    ['an empty list', [], 400, 'EMPTY'],
    ['a text', '"secret"', 400, 'NOT_AN_EVENT'],
    ['null', 'null', 400, 'NOT_AN_EVENT'],
    ['no type', { userId: 'secret' }, 400, 'MISSING_TYPE'],
    ['an event without a person', { type: 'identify', traits: { name: 'secret' } }, 400, 'MISSING_IDENTITY'],
    ['no name', { type: 'track', userId: 'secret' }, 400, 'MISSING_EVENT_NAME'],
    ['too deep', `${'{"a":'.repeat(1_001)}1${'}'.repeat(1_001)}`, 400, 'TOO_DEEP'],
    ['too large', track(1, { secret: 'x'.repeat(1_048_576) }), 413, 'TOO_LARGE'],
    ['501 events', Array.from({ length: 501 }, (_, index) => track(index)), 413, 'TOO_MANY_EVENTS'],
  ])('of %s has a reason and repeats nothing of the body', async (_, body, statusCode, code) => {
    const answer = await ingest.post(body)
    expect(answer.statusCode).toBe(statusCode)
    expect(answer.body.error).toMatchObject({ code, message: expect.any(String) })
    expect(JSON.stringify(answer.body)).not.toContain('secret')
    expect((await ingest.queues.counts()).waiting).toBe(0)
  })

  test.each<[string, Record<string, string>]>([
    ['no secret', {}],
    ['a wrong one', { authorization: 'Bearer wrong' }],
    ['a blank one', { 'x-webhook-secret': ' ' }],
  ])('401 for %s, before the body is read', async (_, headers) => {
    const answer = await ingest.post('{', { headers })
    expect(answer).toMatchObject({ statusCode: 401, body: { error: { code: 'UNAUTHENTICATED' } } })
  })
})
