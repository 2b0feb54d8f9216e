import { DeleteMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { replayAttributes } from '../../lib/queue/replays.ts'
import type { DeadLetterMessage } from './dead-letter-message.ts'
import { type Clock, evenly } from './evenly.ts'
import type { Prepared } from './prepare.ts'
import type { LeasedBatch } from './scan.ts'

/** A letter and why something was not done with it. */
export interface NotDone {
  deadLetter: DeadLetterMessage
  why: string
}

/** What became of the dead letters that were to be replayed: each is in exactly one list. */
export interface ReplayReport {
  /** Sent to the queue and deleted here. */
  replayed: DeadLetterMessage[]
  /** Still here, untouched. */
  notReplayed: NotDone[]
  /** Sent, but also still here: replayed again after five minutes, they would be sent twice. */
  notDeleted: NotDone[]
}

/** How to replay; `perSecond` is dead letters. */
export interface ReplayOptions {
  perSecond: number
  /** Ends the replay after the dead letter in hand. */
  signal?: AbortSignal
  onProgress?: (done: number) => void
  clock?: Clock
}

/** Failed sends in a row, after which it is the queue's fault and not a dead letter's. */
const maxFailures = 5

/**
 * Sends dead letters of a leased batch to the queue again, in the order given, and deletes each only when SQS has it on
 * the queue. The deduplication id is made of the dead letter's own id: SQS drops the second send of a replay that was
 * killed and is repeated within five minutes, and takes an event that died again. After a send that failed, later dead
 * letters of the same person are left where they are, so that their order holds. Never throws.
 */
export async function replay(
  batch: LeasedBatch,
  prepared: Prepared[],
  options: ReplayOptions,
): Promise<ReplayReport> {
  const report: ReplayReport = { replayed: [], notReplayed: [], notDeleted: [] }
  const pass = evenly(options.perSecond, options.clock)
  const heldUp = new Set<string>()
  let failures = 0
  for (const [index, one] of prepared.entries()) {
    options.onProgress?.(index)
    const obstacle = obstacleTo(one, heldUp, failures)
    const end = obstacle ?? (await sendAndDelete(batch, one, () => pass(options.signal), options.signal))
    if (end.kind === 'unsent' && one.kind === 'ready') heldUp.add(one.groupId)
    failures = end.kind === 'unsent' ? failures + 1 : end.kind === 'left' ? failures : 0
    if (end.kind === 'replayed') report.replayed.push(one.deadLetter)
    else
      report[end.kind === 'undeleted' ? 'notDeleted' : 'notReplayed'].push({
        deadLetter: one.deadLetter,
        why: end.why,
      })
  }
  return report
}

/** `left` was not tried; `unsent` was, in vain. */
type End = { kind: 'replayed' } | { kind: 'left' | 'unsent' | 'undeleted'; why: string }

function obstacleTo(one: Prepared, heldUp: Set<string>, failures: number): End | undefined {
  if (one.kind === 'stuck') return { kind: 'left', why: one.why }
  if (heldUp.has(one.groupId))
    return { kind: 'left', why: 'an earlier event of the same person could not be sent' }
  if (failures >= maxFailures)
    return { kind: 'left', why: `${maxFailures} dead letters in a row could not be sent` }
  return undefined
}

async function sendAndDelete(
  { queues, lease }: LeasedBatch,
  one: Prepared,
  pass: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<End> {
  if (one.kind === 'stuck') return { kind: 'left', why: one.why }
  await pass()
  if (signal?.aborted) return { kind: 'left', why: 'interrupted' }
  const ReceiptHandle = await lease.secure(one.deadLetter.id)
  if (!ReceiptHandle) return { kind: 'unsent', why: 'it could not be kept from other readers' }
  const message = {
    QueueUrl: queues.queueUrl,
    MessageBody: one.deadLetter.body,
    MessageGroupId: one.groupId,
    MessageDeduplicationId: `replay-${one.deadLetter.id}`,
    MessageAttributes: replayAttributes((one.deadLetter.replays ?? 0) + 1),
  }
  const sent = await faultOf(queues.sqs.send(new SendMessageCommand(message)))
  if (sent !== undefined) return { kind: 'unsent', why: sent }
  const receipt = { QueueUrl: queues.deadLetterQueueUrl, ReceiptHandle }
  const deleted = await faultOf(queues.sqs.send(new DeleteMessageCommand(receipt)))
  if (deleted !== undefined) return { kind: 'undeleted', why: deleted }
  lease.drop(one.deadLetter.id)
  return { kind: 'replayed' }
}

async function faultOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  )
}
