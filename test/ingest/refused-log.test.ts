import type { Context } from 'aws-lambda'
import { expect, test } from 'vitest'
import { createWebhookHandler, type WebhookEvent } from '../../lib/ingest/handler.ts'
import { fakeClock } from '../runtime/fake-clock.ts'

const lines: unknown[][] = []
const write = (...line: unknown[]) => void lines.push(line)
const handler = createWebhookHandler({
  isKnown: async headers => headers.authorization === 'Bearer right',
  enqueue: async () => {},
  sendDeadLetters: async () => {},
  metrics: { add() {} },
  clock: fakeClock(1_800_000_000_000),
  personSalt: 'salt',
  log: { info: write, warn: write, error: write },
})

test.each([
  [
    'an event without a type',
    'Bearer right',
    '{"userId":"ada@example.com"}',
    [['refused', { status: 400, code: 'MISSING_TYPE' }]],
  ],
  [
    'a body that is not JSON',
    'Bearer right',
    'ada@example.com',
    [['refused', { status: 400, code: 'NOT_JSON' }]],
  ],
  [
    'too many events',
    'Bearer right',
    `[${'{},'.repeat(500)}{}]`,
    [['refused', { status: 413, code: 'TOO_MANY_EVENTS' }]],
  ],
  ['a stranger, who could fill the log', 'Bearer wrong', '{}', []],
  ['a good event', 'Bearer right', '{"type":"identify","userId":"u1"}', []],
])(
  '%s: the log says why it was refused, and nothing of the event',
  async (_, authorization, body, expected) => {
    lines.length = 0
    const event = { rawPath: '/v1/events', headers: { authorization }, body }
    const context = { getRemainingTimeInMillis: () => 8_000 } as Context
    await handler(event as unknown as WebhookEvent, context)
    expect(lines).toEqual(expected)
  },
)
