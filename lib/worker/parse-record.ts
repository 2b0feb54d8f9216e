import type { SQSRecord } from 'aws-lambda'
import type { Outcome } from '../delivery/outcome.ts'
import { InvalidEventError } from '../errors.ts'
import { retry } from '../policy.ts'
import { openEnvelope } from '../queue/envelope.ts'
import { type EventLabel, labelOf } from '../queue/event-label.ts'
import type { Call } from '../transform/call.ts'

/** A queue message, read: what it asks for, or why it asks for nothing. */
export interface ParsedRecord extends EventLabel {
  record: SQSRecord
  plan: Call | Outcome
  /** RudderStack's `messageId`, cut to what a log line needs. */
  eventId?: string
  /** Epoch milliseconds of the event's arrival at the server. */
  receivedAtMs: number
}

/**
 * Opens a queue message and transforms its event. Never throws: what cannot be read is `rejected`, and an exception
 * that nobody foresaw is `failed`, so that one message never harms its neighbours.
 */
export function parseRecord(record: SQSRecord, transform: (event: unknown) => Call): ParsedRecord {
  const sentAtMs = Number(record.attributes.SentTimestamp)
  const opened = openEnvelope(record.body)
  if (opened.kind === 'unknownVersion') return { record, receivedAtMs: sentAtMs, plan: newerVersion }
  if (opened.kind === 'unreadable') return { record, receivedAtMs: sentAtMs, plan: unreadable }
  const { envelope } = opened
  const receivedAtMs = Date.parse(envelope.receivedAt)
  return {
    record,
    eventId: envelope.id.slice(0, 128),
    ...labelOf(envelope.event),
    receivedAtMs: Number.isNaN(receivedAtMs) ? sentAtMs : receivedAtMs,
    plan: planFor(envelope.event, transform),
  }
}

const unreadable: Outcome = { kind: 'rejected', code: 'UNREADABLE', why: 'not an envelope' }
/** A rollback must not lose what the newer release wrote: its messages wait until that release is back. */
const newerVersion: Outcome = {
  kind: 'unattempted',
  inSeconds: retry.maxSeconds,
  why: 'an envelope of a newer version',
}

function planFor(event: unknown, transform: (event: unknown) => Call): Call | Outcome {
  try {
    return transform(event)
  } catch (error) {
    if (error instanceof InvalidEventError)
      return { kind: 'rejected', code: error.code, why: error.message.slice(0, 256) }
    return { kind: 'failed', why: describeBug(error) }
  }
}

/** The name of an exception and where it was thrown; never its message, which may quote what it stumbled over. */
export function describeBug(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no Error was thrown'
  const frames = error.stack?.replace(error.message, '') ?? ''
  return `${error.name} ${/^ +(at .*)/m.exec(frames)?.[1] ?? ''}`.trim().slice(0, 256)
}
