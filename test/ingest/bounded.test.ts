import type { Context } from 'aws-lambda'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createWebhookHandler, type WebhookEvent } from '../../lib/ingest/handler.ts'
import { readAttributes } from '../../lib/queue/dead-letter.ts'
import type { Sealed } from '../../lib/queue/sqs.ts'
import { envelopeIn } from '../queue/envelope-in.ts'
import { fakeClock } from '../runtime/fake-clock.ts'
import { track } from './ingest-function.ts'

afterEach(() => vi.restoreAllMocks())

/** The handler with two queues that accept everything, and their messages. */
function ingest() {
  const [queued, deadLetters]: [Sealed[], Sealed[]] = [[], []]
  const handler = createWebhookHandler({
    isKnown: async () => true,
    enqueue: async messages => void queued.push(...messages),
    sendDeadLetters: async messages => void deadLetters.push(...messages),
    metrics: { add: () => undefined },
    personSalt: 'salt',
    clock: fakeClock(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  })
  const context = { getRemainingTimeInMillis: () => 8_000 } as Context
  const post = async (body: string, isBase64Encoded = false) => {
    const answer = await handler(
      { rawPath: '/v1/events', headers: {}, body, isBase64Encoded } as WebhookEvent,
      context,
    )
    const { error, ...rest } = JSON.parse(answer.body ?? '')
    return { statusCode: answer.statusCode, code: error?.code, ...rest }
  }
  return { post, queued, deadLetters }
}

const mib = 1_048_576

describe('before it is parsed', () => {
  test.each<[string, () => string, number, string]>([
    ['an event over 1 MiB is 413', () => `{"a":"${'x'.repeat(mib)}"}`, 413, 'TOO_LARGE'],
    ['one of letters of two bytes', () => `{"a":"${'é'.repeat(mib / 2)}"}`, 413, 'TOO_LARGE'],
    ['one that is no JSON', () => `{${'x'.repeat(mib)}}`, 413, 'TOO_LARGE'],
    ['a list of too many is 413', () => `[${'{},'.repeat(2_000_000)}{}]`, 413, 'TOO_MANY_EVENTS'],
  ])('%s', async (_, body, statusCode, code) => {
    const parse = vi.spyOn(JSON, 'parse')
    const { post, queued } = ingest()
    const answer = post(body())
    await answer
    // One call is made by this test, for the answer.
    expect(parse.mock.calls.length).toBe(1)
    expect(await answer).toMatchObject({ statusCode, code })
    expect(queued).toEqual([])
  })
})

test('the size of a body in base64 is measured after decoding', async () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const { post } = ingest()
  const fits = JSON.stringify(track(1, { pad: 'x'.repeat(mib - 8_192) }))
  expect(base64(fits).length).toBeGreaterThan(mib)
  expect(await post(base64(fits), true)).toMatchObject({ statusCode: 202 })
  expect(await post(base64(`{"a":"${'x'.repeat(mib)}"}`), true)).toMatchObject({ statusCode: 413 })
})

describe('an event too large in a list', () => {
  const large = `{"type":"track","messageId":"m9","pad":"${'x'.repeat(mib)}"}`

  test('becomes a dead letter, and the other events are queued', async () => {
    const { post, queued, deadLetters } = ingest()
    const body = `[${JSON.stringify(track(1))},${large},${JSON.stringify(track(2))}]`
    expect(await post(body)).toMatchObject({ statusCode: 202, queued: 2, deadLettered: 1 })
    expect(queued.map(({ body: sealed }) => envelopeIn(sealed).id)).toEqual(['m1', 'm2'])
    expect(readAttributes(deadLetters[0]?.attributes)).toMatchObject({ code: 'TOO_LARGE' })
    expect(deadLetters[0]?.body.length).toBeLessThan(1_000)
  })

  test('is the same dead letter when it is sent again', async () => {
    const { post, deadLetters } = ingest()
    await post(`[${large}]`)
    await post(`[${large}]`)
    expect(new Set(deadLetters.map(({ deduplicationId }) => deduplicationId)).size).toBe(1)
  })
})

test('a list with one member that is not JSON is refused completely, and nothing is queued', async () => {
  const { post, queued, deadLetters } = ingest()
  expect(await post(`[${JSON.stringify(track(1))},{"a":}]`)).toMatchObject({
    statusCode: 400,
    code: 'NOT_JSON',
  })
  expect([queued, deadLetters]).toEqual([[], []])
})

test('a body that is not UTF-8 is refused: two broken ids could become one', async () => {
  const { post, queued } = ingest()
  const [before, after] = JSON.stringify(track(1, { userId: 'u\u0000' })).split('\\u0000')
  for (const byte of [0xfe, 0xff]) {
    const body = Buffer.concat([Buffer.from(before ?? ''), Buffer.from([byte]), Buffer.from(after ?? '')])
    expect(await post(body.toString('base64'), true)).toMatchObject({ statusCode: 400, code: 'NOT_UTF8' })
  }
  expect(queued).toEqual([])
})
