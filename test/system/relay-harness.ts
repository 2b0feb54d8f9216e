import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs'
import { inject } from 'vitest'
import type { DeadLetterMessage } from '../../tools/dead-letters/dead-letter-message.ts'
import { withDeadLetters } from '../../tools/dead-letters/scan.ts'
import type { StandIn } from '../../tools/kustomer-stand-in/types.ts'
import { localClient } from '../../tools/local-relay/local-aws.ts'
import type { RelayOptions } from '../../tools/local-relay/relay-options.ts'
import { type Relay, startRelay } from '../../tools/local-relay/start-relay.ts'
import { type Account, account, type Sent, storedIn } from '../../tools/soak/account.ts'
import { accessHeaders } from './access-headers.ts'

/** A parsed answer of ingest. */
export interface Posted {
  status: number
  body: Record<string, unknown>
}

/** The relay of a test: fast, with no limits other than the faults. */
export interface TestRelay {
  relay: Relay
  standIn: StandIn
  dataDir: string
  /** Sends one event, a list of events, or a string as it is. */
  post(events: unknown, secret?: string): Promise<Posted>
  /** Sends these events in one request and records them for `settled`. Throws if not all are queued. */
  send(...sent: Sent[]): Promise<void>
  /** Like `send`, with another secret than the initial one. */
  sendAs(secret: string, ...sent: Sent[]): Promise<void>
  /** Waits until the queue is empty. Returns the result of every event that was sent. */
  settled(seconds?: number): Promise<Account>
  deadLetters(): Promise<DeadLetterMessage[]>
  /**
   * Makes the hidden messages of the queue visible, as SQS does after the visibility timeout. Use it only when
   * no worker is processing one of them.
   */
  release(): Promise<void>
  close(): Promise<void>
}

/** The settings of the tests: no limit is reached, and a retry comes after one second. */
export const quick = {
  port: 0,
  requestsPerMinute: 600_000,
  share: 1,
  backoffBaseSeconds: 1,
  backoffMaxSeconds: 1,
  // Longer than any test: only `release` makes messages visible again.
  visibilitySeconds: 600,
  standIn: { requestsPerMinute: 1_000_000, customerWritesPerMinute: 100_000 },
} satisfies RelayOptions

/** Starts a relay in its own folder. `outside` is a running stand-in to use instead of the relay's own. */
export async function startTestRelay(options: RelayOptions = {}, outside?: StandIn): Promise<TestRelay> {
  const dataDir = mkdtempSync(join(tmpdir(), 'relay-test-'))
  const kustomer = outside && { kustomerBaseUrl: outside.url, kustomerApiKey: outside.apiKey }
  const relay = await startRelay({ ...quick, bundles: inject('bundles'), dataDir, ...kustomer, ...options })
  const standIn = outside ?? relay.standIn
  if (!standIn) throw new Error('a test relay needs a stand-in')
  const { webhookSecret = 'local-secret' } = options
  const sent: Sent[] = []
  const post = (events: unknown, secret = webhookSecret) => postTo(relay.url, events, secret)
  const deadLetters = () => deadLettersOf(relay)
  const sendAs = async (secret: string, ...batch: Sent[]) => {
    const events = batch.map(one => one.event)
    const { status, body } = await post(events, secret)
    if (status !== 202 || body.queued !== batch.length) throw new Error(`not queued: ${status}`)
    sent.push(...batch)
  }
  return {
    relay,
    standIn,
    dataDir,
    post,
    send: (...batch) => sendAs(webhookSecret, ...batch),
    sendAs,
    async settled(seconds) {
      await quiet(relay, seconds)
      const dead = (await deadLetters()).map(({ eventId = '' }) => eventId)
      return account(sent, storedIn(standIn.requests), dead)
    },
    deadLetters,
    release: () => releaseHidden(relay),
    async close() {
      await relay.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A tracking event of a person; the n-th of its kind. */
export function step(person: string, n: number): Sent {
  const mark = `Step-${person}-${n}`
  return { person, mark, event: { type: 'track', messageId: mark, userId: person, event: mark } }
}

/** Steps 1 to `count` of a person. */
export function steps(person: string, count: number): Sent[] {
  return Array.from({ length: count }, (_, i) => step(person, i + 1))
}

/** An identify of a person; `mark` becomes the customer's name. */
export function identify(person: string, mark: string, traits: object = {}): Sent {
  const event = { type: 'identify', messageId: mark, userId: person, traits: { name: mark, ...traits } }
  return { person, mark, event }
}

/** An account with every event delivered, except the given marks of dead-lettered and of duplicate events. */
export function balanced(accepted: number, dead: string[] = [], doubledAllowed: string[] = []): Account {
  const delivered = accepted - dead.length
  return { accepted, delivered, dead, doubledAllowed, lost: [], both: [], doubled: [], disordered: [] }
}

/** Waits until a condition is true, and checks it every 20 ms. Throws with `what` after `seconds`. */
export async function until(
  condition: () => unknown,
  what: string | (() => string),
  seconds = 200,
): Promise<void> {
  const endMs = Date.now() + seconds * 1000
  while (!(await condition())) {
    const text = typeof what === 'string' ? what : what()
    if (Date.now() > endMs) throw new Error(`waited ${seconds} s for ${text}`)
    await wait(20)
  }
}

/**
 * Waits until the queue has no messages, visible or hidden. It must be seen empty twice: an emulator counts the visible
 * and the hidden ones one after the other, so that a message that becomes visible in between is in neither number.
 */
export async function quiet(relay: Pick<Relay, 'status'>, seconds?: number): Promise<void> {
  const empty = async () => {
    const { waiting, inFlight } = await relay.status()
    return waiting + inFlight === 0
  }
  await until(async () => (await empty()) && (await empty()), 'the queue to be empty', seconds)
}

async function postTo(url: string, events: unknown, secret: string): Promise<Posted> {
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: typeof events === 'string' ? events : JSON.stringify(events),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** Makes every hidden message of a relay's queue visible, with the receipt handles that the emulator lists. */
export async function releaseHidden({ sqsEndpoint, credentials, queueUrl }: Relay): Promise<void> {
  const inspection = await fetch(`${sqsEndpoint}/_fauxqs/queues/${queueUrl.split('/').at(-1)}`, {
    headers: accessHeaders(credentials),
  })
  const { messages } = (await inspection.json()) as { messages: { inflight: { receiptHandle: string }[] } }
  const sqs = new SQSClient({ ...localClient(credentials, sqsEndpoint), useQueueUrlAsEndpoint: false })
  for (const { receiptHandle: ReceiptHandle } of messages.inflight)
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    )
  sqs.destroy()
}

async function deadLettersOf({
  sqsEndpoint,
  credentials,
  queueUrl,
  deadLetterQueueUrl,
}: Relay): Promise<DeadLetterMessage[]> {
  const sqs = new SQSClient({ ...localClient(credentials, sqsEndpoint), useQueueUrlAsEndpoint: false })
  try {
    return await withDeadLetters(
      { sqs, queueUrl, deadLetterQueueUrl },
      { waitSeconds: 0 },
      async batch => batch.deadLetters,
    )
  } finally {
    sqs.destroy()
  }
}
