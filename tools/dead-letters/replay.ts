import { DeleteMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { replayAttributes } from '../../lib/queue/replays.ts'
import type { DeadLetterMessage } from './dead-letter-message.ts'
import { type Clock, evenly } from './evenly.ts'
import type { Prepared } from './prepare.ts'
import type { Scan } from './scan.ts'

/** A dead letter that was not replayed or not deleted, and why. */
export interface NotDone {
  deadLetter: DeadLetterMessage
  why: string
  /** Its lease was lost, or that of an earlier one of the same person: it can be read again. */
  isLost?: boolean
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
  /** Ends the replay after the dead letters that are being sent. */
  signal?: AbortSignal
  /** Called before each send. The send waits for it. */
  hold?: () => Promise<void>
  onProgress?: (done: number) => void
  /** Called for each dead letter that SQS has accepted, to follow it to its end (`createFollower`). */
  onSent?: (sent: SentReplay) => void
  clock?: Clock
}

/** After so many failed sends in a row the replay stops: the queue is the cause, not a dead letter. */
const maxFailures = 5
/** Dead letters that are sent at the same time, each of another person: most of the time is the way to AWS. */
const atOnce = 8

/**
 * Sends dead letters to the queue again, in the given order, and deletes each after SQS has accepted it. Never throws.
 * The deduplication id contains the id of the dead letter: if a killed replay is repeated within five minutes, SQS
 * drops the second send; an event that was dead-lettered again has a new id and is accepted. Those of one person are
 * sent one after the other. If a send fails, the later ones of that person are not sent, so that their order is kept.
 */
export async function replay(
  batch: Pick<Scan, 'queues' | 'lease'>,
  prepared: Prepared[],
  options: ReplayOptions,
): Promise<ReplayReport> {
  const report: ReplayReport = { replayed: [], notReplayed: [], notDeleted: [] }
  const nextTurn = evenly(options.perSecond, options.clock)
  const groups: Groups = { sending: new Map(), blocked: new Map() }
  let [failures, done] = [0, 0]
  const settle = (one: Prepared, end: End) => {
    const isNoNews = end.kind === 'left' || ('isLost' in end && end.isLost)
    if (!isNoNews) failures = end.kind === 'unsent' ? failures + 1 : 0
    if (end.kind === 'unsent' && one.kind === 'ready') groups.blocked.set(one.groupId, end)
    note(report, one.deadLetter, end)
    options.onProgress?.(++done)
  }
  for (const one of prepared) {
    await roomFor(one, groups, failures > 0 ? 1 : atOnce)
    const obstacle = obstacleTo(one, groups.blocked, failures)
    if (obstacle || one.kind === 'stuck') {
      settle(one, obstacle ?? { kind: 'left', why: '' })
      continue
    }
    await nextTurn(options.signal)
    await options.hold?.()
    const work = sendAndDelete(batch, one, options)
      .then(end => settle(one, end))
      .finally(() => groups.sending.delete(one.groupId))
    groups.sending.set(one.groupId, work)
  }
  await Promise.all(groups.sending.values())
  return report
}

/** The message groups whose dead letter is being sent, and those in which one could not be sent. */
interface Groups {
  sending: Map<string, Promise<void>>
  blocked: Map<string, End>
}

/** `left`: it was not tried. `unsent`: the send failed. */
type End = { kind: 'replayed' } | { kind: 'left' | 'unsent' | 'undeleted'; why: string; isLost?: boolean }

/** Waits until fewer than `most` are being sent, and none of the same person. */
async function roomFor(one: Prepared, { sending }: Groups, most: number) {
  if (one.kind === 'ready') await sending.get(one.groupId)
  while (sending.size >= most) await Promise.race(sending.values())
}

function note(report: ReplayReport, deadLetter: DeadLetterMessage, end: End) {
  if (end.kind === 'replayed') report.replayed.push(deadLetter)
  else
    report[end.kind === 'undeleted' ? 'notDeleted' : 'notReplayed'].push({
      ...{ deadLetter, why: end.why },
      ...(end.isLost && { isLost: true }),
    })
}

function obstacleTo(one: Prepared, blocked: Map<string, End>, failures: number): End | undefined {
  if (one.kind === 'stuck') return { kind: 'left', why: one.why }
  const earlier = blocked.get(one.groupId)
  if (earlier) {
    const isLost = 'isLost' in earlier && earlier.isLost === true
    return { kind: 'left', why: 'an earlier event of the same person could not be sent', isLost }
  }
  if (failures >= maxFailures)
    return { kind: 'left', why: `${maxFailures} dead letters in a row could not be sent` }
  return undefined
}

async function sendAndDelete(
  { queues, lease }: Pick<Scan, 'queues' | 'lease'>,
  one: Prepared & { kind: 'ready' },
  { signal, onSent }: ReplayOptions,
): Promise<End> {
  if (signal?.aborted) return { kind: 'left', why: 'interrupted' }
  const ReceiptHandle = await lease.secure(one.deadLetter.id)
  if (!ReceiptHandle) return { kind: 'unsent', why: 'its lease could not be renewed', isLost: true }
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
