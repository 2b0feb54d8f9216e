import type { Message } from '@aws-sdk/client-sqs'
import { type ReadDeadLetter, readAttributes } from '../../lib/queue/dead-letter.ts'
import { openEnvelope } from '../../lib/queue/envelope.ts'
import { type EventLabel, labelOf } from '../../lib/queue/event-label.ts'

/**
 * A parsed message of the dead-letter queue. A field is missing if the message does not contain it.
 * Strings are not made safe for a terminal.
 */
export interface DeadLetterMessage {
  /** SQS's MessageId. It stays the same each time the message is read. RudderStack's `messageId` is not unique. */
  id: string
  body: string
  code: string
  reason: string
  status?: number
  attempts?: number
  /** Epoch milliseconds. If the time of the failure is unknown, it is the time when the message was sent. */
  failedAtMs: number
  sentAtMs: number
  /** SQS's sequence number in the queue, as digits. */
  sequence: string
  eventType?: string
  eventName?: string
  /** RudderStack's `messageId`. */
  eventId?: string
  /** The message group of its person; missing if it is unknown. */
  groupId?: string
  /** The version of the relay that dead-lettered it. */
  version?: string
  /** How often it was replayed before it failed again. */
  replays?: number
  /** SQS's MessageId that the event had in the queue; missing if the worker did not dead-letter it. */
  queueMessageId?: string
}

/**
 * Parses a message of the dead-letter queue. It comes from the relay, with a code and a reason, or from SQS (code
 * `REDRIVEN`), or from another sender (code `UNKNOWN`). Never throws.
 */
export function readDeadLetter(message: Message): DeadLetterMessage {
  const { MessageId: id = '', Body: body = '', Attributes: system = {} } = message
  const written = readAttributes(message.MessageAttributes)
  const sentAtMs = Number(system.SentTimestamp) || 0
  const found: ReturnType<typeof labelIn> = written.eventType ? {} : labelIn(body)
  const eventType = written.eventType ?? found.type
  const eventName = written.eventName ?? found.name
  const eventId = written.messageId ?? found.eventId
  const { status, attempts, version, replays } = written
  const cause = causeOf(written, system)
  // The worker stores a dead letter in a group of its own, named after the message in the queue.
  const queueMessageId = written.code ? system.MessageGroupId : undefined
  // When SQS itself moves a message to this queue, the message keeps its group.
  const groupId = written.groupId ?? (cause.code === 'REDRIVEN' ? system.MessageGroupId : undefined)
  return {
    id,
    body,
    ...cause,
    failedAtMs: written.failedAtMs ?? sentAtMs,
    sentAtMs,
    sequence: system.SequenceNumber ?? '',
    ...(status !== undefined && { status }),
    ...(attempts !== undefined && { attempts }),
    ...(eventType !== undefined && { eventType }),
    ...(eventName !== undefined && { eventName }),
    ...(eventId !== undefined && { eventId }),
    ...(groupId !== undefined && { groupId }),
    ...(version !== undefined && { version }),
    ...(replays !== undefined && { replays }),
    ...(queueMessageId !== undefined && { queueMessageId }),
  }
}

function causeOf({ code, why }: ReadDeadLetter, system: NonNullable<Message['Attributes']>) {
  if (code) return { code, reason: why ?? '' }
  if (system.DeadLetterQueueSourceArn)
    return { code: 'REDRIVEN', reason: 'SQS moved it here because it was received too often' }
  return { code: 'UNKNOWN', reason: why ?? 'it has no reason' }
}

function labelIn(body: string): EventLabel & { eventId?: string } {
  const opened = openEnvelope(body)
  if (opened.kind !== 'envelope') return {}
  return { eventId: opened.envelope.id, ...labelOf(opened.envelope.event) }
}
