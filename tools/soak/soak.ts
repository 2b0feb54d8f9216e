import { setTimeout as wait } from 'node:timers/promises'
import { SQSClient } from '@aws-sdk/client-sqs'
import { withDeadLetters } from '../dead-letters/scan.ts'
import type { StandIn } from '../kustomer-stand-in/types.ts'
import { localClient } from '../local-relay/local-aws.ts'
import { type Relay, startRelay } from '../local-relay/start-relay.ts'
import { type Account, account, type Sent, storedIn } from './account.ts'
import { faultFor } from './faults.ts'
import { event, people, type SoakPerson } from './load.ts'
import { createRandom } from './random.ts'

/** The options of a soak. The same options give the same events and faults, but not the same order of requests. */
export interface SoakOptions {
  seed: number
  events: number
  people: number
  /** The part of the events with a fault, 0 to 1. */
  faults: number
  /** The folder for bundles and logs. Files in it are overwritten. */
  dataDir: string
}

/** The result of a soak. */
export interface SoakResult {
  seed: number
  account: Account
  faults: number
  calls: number
  seconds: number
  people: SoakPerson[]
  secrets: string[]
}

const batchSize = 100
const patienceSeconds = 300

/**
 * Starts a relay, sends events through it while Kustomer fails at random, and compares the accepted events with their
 * results.
 * @throws Error if an event is not accepted, or if the queue is not empty five minutes after the last event.
 */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const startMs = Date.now()
  const random = createRandom(options.seed)
  const secrets = [`webhook-${random.whole(1e9)}-secret`, `kustomer-${random.whole(1e9)}-key`] as const
  const [webhookSecret, kustomerApiKey] = secrets
  const relay = await startRelay({ ...quick, dataDir: options.dataDir, webhookSecret, kustomerApiKey })
  try {
    const standIn = standInOf(relay)
    const all = people(options.people, random)
    const sent: Sent[] = []
    let faults = 0
    while (sent.length < options.events) {
      const left = Math.min(batchSize, options.events - sent.length)
      const batch = Array.from({ length: left }, (_, i) => event(sent.length + i, all, random))
      for (const { person } of batch.filter(() => random.next() < options.faults)) {
        standIn.fault(faultFor(person, random))
        faults++
      }
      await post(relay.url, batch, webhookSecret)
      for (const one of batch) sent.push(one)
    }
    // Faults whose request never comes are not used.
    await drained(relay)
    const result = account(sent, storedIn(standIn.requests), await deadIdsOf(relay))
    const seconds = (Date.now() - startMs) / 1000
    const calls = standIn.requests.length
    return { seed: options.seed, account: result, faults, calls, seconds, people: all, secrets: [...secrets] }
  } finally {
    await relay.stop()
  }
}

const quick = {
  port: 0,
  requestsPerMinute: 600_000,
  share: 1,
  backoffBaseSeconds: 1,
  backoffMaxSeconds: 2,
  visibilitySeconds: 60,
  standIn: { requestsPerMinute: 1_000_000, customerWritesPerMinute: 1_000_000 },
}

function standInOf({ standIn }: Relay): StandIn {
  if (!standIn) throw new Error('a soak needs a stand-in')
  return standIn
}

async function post(url: string, batch: Sent[], secret: string) {
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}` },
    body: JSON.stringify(batch.map(one => one.event)),
  })
  const { queued } = (await response.json()) as { queued?: number }
  if (queued !== batch.length) throw new Error(`ingest accepted ${queued} of ${batch.length}`)
}

async function drained(relay: Relay) {
  const endMs = Date.now() + patienceSeconds * 1000
  for (;;) {
    const { waiting, inFlight } = await relay.status()
    if (waiting + inFlight === 0) return
    if (Date.now() > endMs) throw new Error(`${waiting + inFlight} events have waited too long`)
    await wait(100)
  }
}

async function deadIdsOf({
  sqsEndpoint,
  credentials,
  queueUrl,
  deadLetterQueueUrl,
}: Relay): Promise<string[]> {
  const sqs = new SQSClient({ ...localClient(credentials, sqsEndpoint), useQueueUrlAsEndpoint: false })
  const queues = { sqs, queueUrl, deadLetterQueueUrl }
  const ids = await withDeadLetters(queues, { waitSeconds: 0 }, async ({ deadLetters }) =>
    deadLetters.map(({ eventId = '' }) => eventId),
  )
  sqs.destroy()
  return ids
}
