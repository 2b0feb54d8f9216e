import { setTimeout as wait } from 'node:timers/promises'
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb'
import { personRecords } from '../../lib/policy.ts'
import { groupIdOf } from '../../lib/queue/envelope.ts'
import { purge } from '../dead-letters/purge.ts'
import { withDeadLetters } from '../dead-letters/scan.ts'
import { askPath, type KustomerAccess } from './ask-kustomer.ts'
import { type Finding, findingAbout } from './finding.ts'
import { customerIdOf } from './kustomer.ts'
import type { Subject } from './subject.ts'

/** The first and the longest pause between two checks, and the limit for the whole test, in milliseconds. */
const every = { firstMs: 250, maxMs: 5_000, patienceMs: 120_000 }

const finding = findingAbout('test-event')

/** What a test event tells while it is on its way, and what ends the waiting for it. */
export interface Waiting {
  /** Called with the seconds so far. */
  onWait(seconds: number): void
  signal: AbortSignal
}

/**
 * Sends a track event of a new test user and waits until Kustomer has this user, or the event is a dead letter. Then it
 * deletes the customer, the person record and the dead letter. What it could not delete is in the message. An abort
 * of the signal ends the waiting, not the deleting.
 */
export async function sendTest(
  subject: Subject,
  secret: string,
  access: KustomerAccess,
  waiting: Waiting,
): Promise<Finding> {
  const userId = `kustomer-relay-doctor-${Date.now().toString(36)}`
  // A name that Kustomer accepts under any mapping settings.
  const event = {
    type: 'track',
    userId,
    event: 'Relay-Test',
    messageId: userId,
    properties: { source: 'doctor' },
  }
  const answer = await fetch(subject.webhookUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(event),
  }).catch(() => undefined)
  if (!answer)
    return finding.fault(
      `${subject.webhookUrl} does not answer`,
      'Check the address, and that the relay runs.',
    )
  if (answer.status !== 202)
    return finding.fault(
      `the webhook answered ${answer.status}`,
      answer.status === 401 ? wrongSecret(subject) : 'Read the log of ingest.',
    )
  const end = await endOf(userId, subject, access, waiting)
  const left = await cleanUp(userId, subject, access, end.customerId)
  const message = [end.message, ...left].join('; ')
  return end.customerId === undefined ? finding.fault(message, end.toDo) : finding.fine(message)
}

function wrongSecret({ stack }: Subject): string {
  return stack
    ? 'If the secret was changed just now, wait half a minute and run the doctor again.'
    : 'Set WEBHOOK_SECRET to the same value as for npm start.'
}

/** How the test event ended. */
type End = { customerId: string; message: string } | { customerId?: never; message: string; toDo: string }

async function endOf(
  userId: string,
  subject: Subject,
  access: KustomerAccess,
  waiting: Waiting,
): Promise<End> {
  const { signal } = waiting
  const startMs = Date.now()
  const seconds = () => ((Date.now() - startMs) / 1000).toFixed(1)
  let pause = every.firstMs
  for (let n = 1; !signal.aborted && Date.now() - startMs < every.patienceMs; n++) {
    const customerId = await customerIdOf(access, userId)
    if (customerId !== undefined)
      return { customerId, message: `Kustomer had it after ${seconds()} s, as ${userId}` }
    const reason = n % 4 === 0 ? await ownDeadLetter(subject, userId) : undefined
    if (reason !== undefined)
      return {
        message: `it became a dead letter: ${reason}`,
        toDo: 'Mend the cause, and run the doctor again.',
      }
    waiting.onWait(Math.round(Number(seconds())))
    await wait(pause, undefined, { signal }).catch(() => {})
    pause = Math.min(pause * 2, every.maxMs)
  }
  if (signal.aborted)
    return { message: `it was accepted; interrupted after ${seconds()} s`, toDo: 'Run the doctor again.' }
  return {
    message: `it was accepted, but is not in Kustomer after ${seconds()} s`,
    toDo: "Read the worker's log.",
  }
}

/** Finds the dead letter of the test event and deletes it. Returns its reason. */
async function ownDeadLetter({ queues, stack }: Subject, userId: string): Promise<string | undefined> {
  return withDeadLetters(queues, { waitSeconds: stack ? 1 : 0 }, async batch => {
    const own = batch.deadLetters.filter(({ eventId }) => eventId === userId)
    await purge(batch, own)
    return own[0] && `${own[0].code} ${own[0].reason}`
  })
}

/** Deletes what the test left. Returns what could not be deleted. */
async function cleanUp(
  userId: string,
  { people }: Subject,
  access: KustomerAccess,
  customerId: string | undefined,
): Promise<string[]> {
  const left: string[] = []
  if (customerId !== undefined) {
    const path = `/v1/customers/${encodeURIComponent(customerId)}`
    const deleted = customerId ? await askPath(access, 'DELETE', path) : undefined
    const isGone = deleted !== undefined && deleted.status < 300
    if (!isGone)
      left.push(
        `delete the customer ${userId} in Kustomer: the key may not (${deleted?.status ?? 'no answer'})`,
      )
  }
  if (people) {
    const Key = { [personRecords.table.key]: { S: groupIdOf(userId, people.salt) } }
    const command = new DeleteItemCommand({ TableName: people.tableName, Key })
    const isDone = await people.dynamo.send(command).catch(() => undefined)
    if (!isDone) left.push('its person record could not be deleted and expires in 30 days')
  }
  return left
}
