import { DeleteMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { replayAttributes } from '../../lib/queue/replays.ts'
import type { DeadLetterMessage } from './dead-letter-message.ts'
import { type Clock, evenly } from './evenly.ts'
import type { Prepared } from './prepare.ts'
import type { LeasedBatch } from './scan.ts'

/** A dead letter that was not replayed or not deleted, and why. */
export interface NotDone {
  deadLetter: DeadLetterMessage
  why: string
}

/** A dead letter that is in the queue again: SQS's id of its new message, and its message group. */
export interface SentReplay {
  deadLetter: DeadLetterMessage
  messageId: string
  groupId: string
}

/** The result of a replay. Each dead letter is in exactly one list. */
export interface ReplayReport {
  /** Sent to the queue and deleted from the dead-letter queue. */
  replayed: DeadLetterMessage[]
  /** Not sent. Still in the dead-letter queue. */
  notReplayed: NotDone[]
  /** Sent, but still in the dead-letter queue. A second replay after five minutes would send them twice. */
  notDeleted: NotDone[]
}

/** The options of a replay. `perSecond` is the number of dead letters per second. */
export interface ReplayOptions {
  perSecond: number
  /** Ends the replay after the current dead letter. */
  signal?: AbortSignal
  onProgress?: (done: number) => void
  /** Called for each dead letter that SQS has accepted, to follow it to its end (`createFollower`). */
  onSent?: (sent: SentReplay) => void
  clock?: Clock
}

/** After so many failed sends in a row the replay stops: the queue is the cause, not a dead letter. */
const maxFailures = 5

/**
 * Sends dead letters to the queue again, in the given order, and deletes each after SQS has accepted it. Never throws.
 * The deduplication id contains the id of the dead letter: if a killed replay is repeated within five minutes, SQS
 * drops the second send; an event that was dead-lettered again has a new id and is accepted. If a send fails, later
 * dead letters of the same person are not sent, so that their order is kept.
 */
export async function replay(
  batch: LeasedBatch,
  prepared: Prepared[],
  options: ReplayOptions,
): Promise<ReplayReport> {
  const report: ReplayReport = { replayed: [], notReplayed: [], notDeleted: [] }
  const nextTurn = evenly(options.perSecond, options.clock)
  const blockedGroups = new Set<string>()
  let failures = 0
  for (const [index, one] of prepared.entries()) {
    options.onProgress?.(index)
    const obstacle = obstacleTo(one, blockedGroups, failures)
    const end = obstacle ?? (await sendAndDelete(batch, one, () => nextTurn(options.signal), options))
    if (end.kind === 'unsent' && one.kind === 'ready') blockedGroups.add(one.groupId)
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

/** `left`: it was not tried. `unsent`: the send failed. */
type End = { kind: 'replayed' } | { kind: 'left' | 'unsent' | 'undeleted'; why: string }

function obstacleTo(one: Prepared, blockedGroups: Set<string>, failures: number): End | undefined {
  if (one.kind === 'stuck') return { kind: 'left', why: one.why }
  if (blockedGroups.has(one.groupId))
    return { kind: 'left', why: 'an earlier event of the same person could not be sent' }
  if (failures >= maxFailures)
    return { kind: 'left', why: `${maxFailures} dead letters in a row could not be sent` }
  return undefined
}

async function sendAndDelete(
  { queues, lease }: LeasedBatch,
  one: Prepared,
  nextTurn: () => Promise<void>,
  { signal, onSent }: ReplayOptions,
): Promise<End> {
  if (one.kind === 'stuck') return { kind: 'left', why: one.why }
  await nextTurn()
  if (signal?.aborted) return { kind: 'left', why: 'interrupted' }
  const ReceiptHandle = await lease.secure(one.deadLetter.id)
  if (!ReceiptHandle) return { kind: 'unsent', why: 'its lease could not be renewed' }
  const message = {
    QueueUrl: queues.queueUrl,
    MessageBody: one.deadLetter.body,
    MessageGroupId: one.groupId,
    MessageDeduplicationId: `replay-${one.deadLetter.id}`,
    MessageAttributes: replayAttributes((one.deadLetter.replays ?? 0) + 1),
  }
  const sent = await queues.sqs.send(new SendMessageCommand(message)).catch(faultOf)
  if (typeof sent === 'string') return { kind: 'unsent', why: sent }
  onSent?.({ deadLetter: one.deadLetter, messageId: sent.MessageId ?? '', groupId: one.groupId })
  const receipt = { QueueUrl: queues.deadLetterQueueUrl, ReceiptHandle }
  const deleted = await queues.sqs.send(new DeleteMessageCommand(receipt)).catch(faultOf)
  if (typeof deleted === 'string') return { kind: 'undeleted', why: deleted }
  lease.drop(one.deadLetter.id)
  return { kind: 'replayed' }
}

function faultOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
