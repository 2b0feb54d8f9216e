import type { Context } from 'aws-lambda'
import { createWebhookHandler, type WebhookEvent } from '../../lib/ingest/handler.ts'
import type { Sealed } from '../../lib/queue/sqs.ts'
import { must } from './target.ts'

/** What the webhook answered to one request, and what it stored and wrote. */
export interface Exchange {
  status: number
  body: { error?: { code?: string } } & Record<string, unknown>
  queued: Sealed[]
  deadLetters: Sealed[]
  /** Everything that it wrote to logs and metrics. */
  written: unknown[]
}

/** The salt of the message groups. */
export const salt = 'fuzz'
const nowMs = 1_800_000_000_000

/** Sends a body to the real webhook handler of a caller who knows the secret. `isUp`: whether the queues take messages. */
export async function post(body: Buffer, isBase64Encoded: boolean, isUp: boolean): Promise<Exchange> {
  const [queued, deadLetters, written]: [Sealed[], Sealed[], unknown[]] = [[], [], []]
  const into = (messages: Sealed[]) => async (sent: Sealed[]) => {
    if (!isUp && sent.length > 0) throw new Error('the queue is down')
    for (const message of sent) messages.push(message)
  }
  const write = (...line: unknown[]) => void written.push(line)
  const handler = createWebhookHandler({
    isKnown: async () => true,
    enqueue: into(queued),
    sendDeadLetters: into(deadLetters),
    metrics: { add: write },
    personSalt: salt,
    clock: { now: () => nowMs, sleep: () => new Promise(() => {}) },
    log: { info: write, warn: write, error: write },
  })
  const text = body.toString(isBase64Encoded ? 'base64' : 'utf8')
  const request = {
    rawPath: '/v1/events',
    headers: {},
    body: text,
    isBase64Encoded,
  } as unknown as WebhookEvent
  const { statusCode = 0, body: answer = '' } = await handler(request, context)
  return { status: statusCode, body: parsed(answer), queued, deadLetters, written }
}

const context = { getRemainingTimeInMillis: () => 8_000 } as Context

function parsed(answer: string): Exchange['body'] {
  try {
    return JSON.parse(answer)
  } catch {
    must(false, 'an answer of the webhook is JSON', answer)
  }
}
