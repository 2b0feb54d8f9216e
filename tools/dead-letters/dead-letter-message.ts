import type { Message } from '@aws-sdk/client-sqs'
import { type ReadDeadLetter, readAttributes } from '../../lib/queue/dead-letter.ts'
import { openEnvelope } from '../../lib/queue/envelope.ts'
import { type EventLabel, labelOf } from '../../lib/queue/event-label.ts'

/** A dead letter of the dead-letter queue, read. What nobody wrote on it is absent. Texts are as they came: not safe to show. */
export interface DeadLetterMessage {
  /** SQS's MessageId: the dead letter's own, however often it is read. RudderStack's may come twice. */
  id: string
  body: string
  code: string
  reason: string
  status?: number
  attempts?: number
  /** Epoch milliseconds; when it was sent, where nothing says when it failed. */
  failedAtMs: number
  sentAtMs: number
  /** SQS's own order within the queue: digits. */
  sequence: string
  eventType?: string
  eventName?: string
  /** RudderStack's `messageId`. */
  eventId?: string
  /** The message group of its person; absent where nothing says it. */
  groupId?: string
  /** The relay's version that dead-lettered it. */
  version?: string
  /** How often it was replayed before it failed again. */
  replays?: number
}

/**
 * Reads a message of the dead-letter queue, whoever put it there: the relay with its reason, SQS itself (no attribute
 * of ours: code `REDRIVEN`), or somebody else (`UNKNOWN`). Never throws.
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
  // SQS keeps a message's group when it moves it here by itself.
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
  }
}

function causeOf({ code, why }: ReadDeadLetter, system: NonNullable<Message['Attributes']>) {
  if (code) return { code, reason: why ?? '' }
  if (system.DeadLetterQueueSourceArn)
    return { code: 'REDRIVEN', reason: 'SQS moved it here: it was received too often' }
  return { code: 'UNKNOWN', reason: why ?? 'it carries no reason' }
}

function labelIn(body: string): EventLabel & { eventId?: string } {
  const opened = openEnvelope(body)
  if (opened.kind !== 'envelope') return {}
  return { eventId: opened.envelope.id, ...labelOf(opened.envelope.event) }
}
