import { createHmac, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { version, webhook } from '../../lib/policy.ts'
import { envelopeIn } from '../queue/envelope-in.ts'
import { type Ingest, startIngest, track } from './ingest-function.ts'

let ingest: Ingest
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  ingest = await startIngest()
})
afterEach(async () => {
  await ingest.close()
  vi.useRealTimers()
})

/** Moves the clock forward. */
function pass(seconds: number) {
  vi.setSystemTime(Date.now() + seconds * 1000)
}

const queued = async () => (await ingest.drain('queue')).map(({ Body = '' }) => envelopeIn(Body).event)

describe('202', () => {
  test('for one event, with its messageId', async () => {
    expect(await ingest.post(track(1))).toEqual({
      statusCode: 202,
      body: { status: 'queued', messageId: 'm1' },
    })
    expect(await queued()).toEqual([track(1)])
  })

  test('for an event without a messageId, with a random one', async () => {
    const event = track(1, { messageId: undefined })
    const { body } = await ingest.post(event)
    expect(body.messageId).toMatch(/^[0-9a-f-]{36}$/)
    expect(await queued()).toEqual([{ ...event, messageId: body.messageId }])
  })

  test('for an event of a type that is not delivered, with the reason', async () => {
    expect(await ingest.post({ type: 'group', userId: 'u1' })).toEqual({
      statusCode: 202,
      body: { status: 'ignored', reason: expect.any(String) },
    })
    expect(await queued()).toEqual([])
  })

  test('for many events, with the counts: invalid ones become dead letters', async () => {
    const events = [track(1), { type: 'track' }, { type: 'alias', userId: 'u' }, track(2), 7, track(3)]
    expect(await ingest.post(events)).toEqual({
      statusCode: 202,
      body: { queued: 3, ignored: 1, deadLettered: 2 },
    })
    expect((await queued()).length).toBe(3)
    const deadLetters = await ingest.drain('dead')
    expect(
      deadLetters.map(({ MessageAttributes }) => MessageAttributes?.ERROR_CODE?.StringValue).toSorted(),
    ).toEqual(['MISSING_IDENTITY', 'NOT_AN_EVENT'])
  })

  test('for 500 events', async () => {
    const events = Array.from({ length: 500 }, (_, index) => track(index))
    expect((await ingest.post(events)).body).toEqual({ queued: 500, ignored: 0, deadLettered: 0 })
    expect((await ingest.queues.counts()).waiting).toBe(500)
  })

  test('for a body in base64, of any content type, after a byte order mark', async () => {
    const body = Buffer.from(`\ufeff${JSON.stringify(track(1, { note: 'Zoë 😀 \ufffe' }))}`).toString(
      'base64',
    )
    const headers = { 'x-webhook-secret': 'the-secret', 'content-type': 'image/png' }
    expect((await ingest.post(body, { isBase64Encoded: true, headers })).statusCode).toBe(202)
    expect(await queued()).toEqual([track(1, { note: 'Zoë 😀 \ufffe' })])
  })

  test('for keys with a special meaning in JavaScript, which stay data', async () => {
    const text = '{"type":"track","event":"x","userId":"u1","messageId":"m","__proto__":{"polluted":1}}'
    expect((await ingest.post(text)).statusCode).toBe(202)
    expect({}).not.toHaveProperty('polluted')
    expect((await ingest.drain('queue'))[0]?.Body).toContain('"__proto__":{"polluted":1}')
  })

  test('for a list that is too deep for JSON.stringify, which becomes a dead letter', async () => {
    expect((await ingest.post(`${'['.repeat(300_000)}${']'.repeat(300_000)}`)).body).toEqual({
      ...{ queued: 0, ignored: 0, deadLettered: 1 },
    })
    expect((await ingest.drain('dead'))[0]?.MessageAttributes?.ERROR_CODE?.StringValue).toBe('TOO_DEEP')
  })

  test('sent again is stored once', async () => {
    await ingest.post(track(1))
    await ingest.post(track(1))
    expect((await ingest.queues.counts()).waiting).toBe(1)
  })
})

test('both secrets of a rotation are accepted, the one before them is not', async () => {
  const asked = async (secret: string) =>
    (await ingest.post(track(1), { headers: { 'x-webhook-secret': secret } })).statusCode
  expect(await asked('the-secret')).toBe(202)
  ingest.store.rotate('webhook', 'the-second')
  pass(webhook.secretRefetchSeconds)
  expect([await asked('the-second'), await asked('the-secret')]).toEqual([202, 202])
  ingest.store.rotate('webhook', 'the-third')
  pass(webhook.secretRefetchSeconds)
  expect([await asked('the-third'), await asked('the-second')]).toEqual([202, 202])
  expect(await asked('the-secret')).toBe(401)
})

test('a signed request needs no secret in a header', async () => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  ingest.store.rotate('webhook', secret)
  const body = JSON.stringify(track(1))
  const [id, timestamp] = ['msg_1', String(Math.floor(Date.now() / 1000))]
  const hmac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(
    `${id}.${timestamp}.${body}`,
  )
  const headers = {
    ...{ 'webhook-id': id, 'webhook-timestamp': timestamp },
    'webhook-signature': `v1,${hmac.digest('base64')}`,
  }
  expect((await ingest.post(body, { headers })).statusCode).toBe(202)
  expect((await ingest.post(`${body} `, { headers })).statusCode).toBe(401)
})

describe('503', () => {
  test('while the secret store is down, and 202 when it is up again', async () => {
    ingest.store.switchTo('down')
    expect(await ingest.post(track(1))).toMatchObject({
      statusCode: 503,
      body: { error: { code: 'UNAVAILABLE' } },
    })
    ingest.store.switchTo('up')
    pass(webhook.secretRefetchSeconds)
    expect((await ingest.post(track(1))).statusCode).toBe(202)
    ingest.store.switchTo('down')
    pass(webhook.secretRefetchSeconds)
    expect((await ingest.post(track(2))).statusCode).toBe(202)
    expect((await ingest.post(track(3), { headers: { 'x-webhook-secret': 'new' } })).statusCode).toBe(503)
  })

  test('while the queue does not exist, for one event and for many', async () => {
    await ingest.queues.close()
    expect((await ingest.post(track(1))).statusCode).toBe(503)
    expect((await ingest.post([track(1), 7])).statusCode).toBe(503)
  })
})

test('the function answers 503 before its timeout if the queue does not answer', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const other = await startIngest(`http://127.0.0.1:${port}`)
  expect(await other.post(track(1), {}, 700)).toMatchObject({ statusCode: 503 })
  silent.closeAllConnections()
  await Promise.all([other.close(), new Promise(resolve => silent.close(resolve))])
})

test('the health check needs no secret', async () => {
  const answer = await ingest.post('', { rawPath: '/health', headers: {} })
  expect(answer).toEqual({ statusCode: 200, body: { status: 'ok', version } })
})
