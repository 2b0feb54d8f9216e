import type { Context } from 'aws-lambda'
import { describe, expect, test } from 'vitest'
import { createWebhookHandler, type WebhookEvent } from '../../lib/ingest/handler.ts'
import { createSourceFilter } from '../../lib/ingest/source-filter.ts'
import { fakeClock } from '../runtime/fake-clock.ts'

const ranges = ['198.51.100.7', '203.0.113.0/24', '2001:db8::/32']

describe('an address', () => {
  test.each([
    ['198.51.100.7', true],
    ['198.51.100.8', false],
    ['203.0.113.255', true],
    ['203.0.114.0', false],
    ['2001:db8:1::1', true],
    ['2001:db9::1', false],
    ['::ffff:203.0.113.9', true],
    ['', false],
    ['203.0.113.9, 198.51.100.1', false],
  ])('%s may send: %s', (address, isAllowed) => {
    expect(createSourceFilter(ranges)(address)).toBe(isAllowed)
  })
})

describe('the webhook', () => {
  const counted: string[] = []
  const asked: string[] = []
  const handler = createWebhookHandler({
    isKnown: async () => asked.push('secret') > 0,
    isAllowedSource: createSourceFilter(ranges),
    enqueue: async () => {},
    sendDeadLetters: async () => {},
    metrics: { add: name => void counted.push(name) },
    clock: fakeClock(1_800_000_000_000),
    personSalt: 'salt',
    log: { info() {}, warn() {}, error() {} },
  })
  const call = async (sourceIp: string) => {
    counted.length = asked.length = 0
    const event = {
      rawPath: '/v1/events',
      headers: {},
      body: '{"type":"identify","userId":"u1"}',
      requestContext: { http: { sourceIp } },
    }
    const context = { getRemainingTimeInMillis: () => 8_000 } as Context
    return handler(event as unknown as WebhookEvent, context)
  }

  test('refuses a caller from elsewhere before the secret is looked at, and counts it', async () => {
    const { statusCode, body } = await call('192.0.2.1')
    expect([statusCode, JSON.parse(String(body)).error.code]).toEqual([403, 'SOURCE_NOT_ALLOWED'])
    expect([asked, counted]).toEqual([[], ['RequestsUnauthenticated']])
  })

  test('serves the others', async () => {
    expect((await call('203.0.113.9')).statusCode).toBe(202)
    expect(asked).toEqual(['secret'])
  })
})
