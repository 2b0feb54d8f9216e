import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from 'aws-lambda'
import { createWebhookHandler, type WebhookEvent } from '../../lib/ingest/handler.ts'
import { systemClock as clock } from '../../lib/runtime/clock.ts'
import { type Figure, percentile } from './measure.ts'
import { track } from './transformation.ts'

const context = { getRemainingTimeInMillis: () => 8_000 } as Context
const silent = { info() {}, warn() {}, error() {} }

/** Returns an API Gateway event with this body. */
export function request(body: unknown): WebhookEvent {
  const event = { rawPath: '/v1/events', headers: {}, body: JSON.stringify(body), isBase64Encoded: false }
  return event as unknown as WebhookEvent
}

/** Returns a webhook handler with a queue stub, and the time that the stub needs. */
export function stubbedHandler(delayMs: number) {
  const spent = { ms: 0 }
  const handler = createWebhookHandler({
    isKnown: async () => true,
    async enqueue() {
      const start = performance.now()
      if (delayMs > 0) await wait(delayMs)
      spent.ms += performance.now() - start
    },
    sendDeadLetters: async () => {},
    metrics: { add() {} },
    personSalt: 'bench',
    clock,
    log: silent,
  })
  return { spent, accept: (event: WebhookEvent) => handler(event, context) }
}

/** Measures ingest's own time: the time of the handler with a queue of 2 ms, minus the time of the queue. */
export async function benchIngest(): Promise<Figure[]> {
  const { spent, accept } = stubbedHandler(2)
  const own: number[] = []
  for (let i = -300; i < 2_000; i++) {
    const event = request(track(20))
    spent.ms = 0
    const start = performance.now()
    const { statusCode } = await accept(event)
    if (statusCode !== 202) throw new Error(`ingest answered ${statusCode}`)
    if (i >= 0) own.push(performance.now() - start - spent.ms)
  }
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map(part => percentile(own, part)) as [number, number, number]
  const detail = `p50 ${p50.toFixed(2)}, p95 ${p95.toFixed(2)}, p99 ${p99.toFixed(2)} ms`
  return [{ name: 'ingest: own time, p99', value: p99, unit: 'ms', detail, bar: { atMost: 1 } }]
}
