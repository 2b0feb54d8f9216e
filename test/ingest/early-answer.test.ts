import { SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import type { Context } from 'aws-lambda'
import { expect, test } from 'vitest'
import { createWebhookHandler, type WebhookEvent } from '../../lib/ingest/handler.ts'
import { enqueue } from '../../lib/queue/sqs.ts'
import { partly } from '../queue/answering.ts'
import { fakeClock } from '../runtime/fake-clock.ts'
import { track } from './ingest-function.ts'

type Sqs = Parameters<typeof enqueue>[0]

/** The handler with a slow SQS, and the requests that reached it. */
function slowQueue(msOf: (request: number) => number, isKnown = Promise.resolve(true)) {
  const clock = fakeClock()
  const sent: { command: object; signal: AbortSignal | undefined }[] = []
  const send = async (command: object, options?: { abortSignal?: AbortSignal }) => {
    sent.push({ command, signal: options?.abortSignal })
    await clock.sleep(msOf(sent.length))
    return command instanceof SendMessageBatchCommand
      ? partly(() => true)((command.input.Entries ?? []) as never)
      : {}
  }
  const sqs = { send } as unknown as Sqs
  const faults: unknown[][] = []
  const handler = createWebhookHandler({
    isKnown: () => isKnown,
    enqueue: (messages, signal) => enqueue(sqs, 'q', messages, signal),
    sendDeadLetters: (messages, signal) => enqueue(sqs, 'd', messages, signal),
    metrics: { add: () => undefined },
    personSalt: 'salt',
    clock,
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (...line: unknown[]) => void faults.push(line),
    },
  })
  const context = { getRemainingTimeInMillis: () => 8_000 } as Context
  const post = (events: unknown) =>
    handler({ rawPath: '/v1/events', headers: {}, body: JSON.stringify(events) } as WebhookEvent, context)
  return { clock, sent, post, faults }
}

const tracks = Array.from({ length: 25 }, (_, index) => track(index))

test('after the early answer nothing more is sent, and running requests are aborted', async () => {
  const { clock, sent, post, faults } = slowQueue(() => 5_000)
  const answer = post([...tracks, 7])
  await clock.elapse(7_499)
  expect(sent.length).toBe(2)
  await clock.elapse(1)
  expect((await answer).statusCode).toBe(503)
  expect(sent.map(({ signal }) => signal?.aborted)).toEqual([true, true])
  await clock.elapse(60_000)
  expect(sent.length).toBe(2)
  expect(faults).toEqual([['internal error, answered with 503', { fault: 'TimeoutError' }]])
})

test('after the early answer no dead letters of a list are sent', async () => {
  const { clock, sent, post } = slowQueue(() => 7_500)
  const answer = post([track(1), 7])
  await clock.elapse(7_500)
  expect((await answer).statusCode).toBe(503)
  await clock.elapse(60_000)
  expect(sent.length).toBe(1)
})

test('a request that is done in time is answered, and nothing of it is aborted later', async () => {
  const { clock, sent, post, faults } = slowQueue(() => 2_000)
  const answer = post(tracks)
  await clock.elapse(6_000)
  expect((await answer).statusCode).toBe(202)
  await clock.elapse(60_000)
  expect(sent.map(({ signal }) => signal?.aborted)).toEqual([false, false, false])
  expect(faults).toEqual([])
})

test('a secret store that does not answer leads to an early answer too', async () => {
  const { clock, post, sent } = slowQueue(() => 0, new Promise(() => undefined))
  const answer = post(track(1))
  await clock.elapse(7_500)
  expect((await answer).statusCode).toBe(503)
  expect(sent).toEqual([])
})
