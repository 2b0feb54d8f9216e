import type { SQSRecord } from 'aws-lambda'
import type { Outcome } from '../delivery/outcome.ts'
import { InvalidEventError } from '../errors.ts'
import { retry } from '../policy.ts'
import { deduplicationIdOf, type Envelope, openEnvelope } from '../queue/envelope.ts'
import { type EventLabel, labelOf } from '../queue/event-label.ts'
import type { Call } from '../transform/call.ts'
import { parseEvent } from '../transform/parse.ts'

/**
 * A parsed queue message. `plan` is the call to make, or the outcome where there is none. Times are epoch milliseconds.
 */
export interface ParsedRecord extends EventLabel {
  record: SQSRecord
  plan: Call | Outcome
  /** RudderStack's `messageId`, at most 128 characters. */
  eventId?: string
  /** When the event arrived at ingest. */
  receivedAtMs: number
  /** When the event happened: its own time stamp, or `receivedAtMs` where it has none. */
  eventAtMs: number
  /** Identifies the event: equal each time the same event is sent. */
  deliveryId?: string
  /** Whether the event's external id is a user's or an anonymous visitor's. */
  role: 'user' | 'anonymous'
}

/**
 * Parses a queue message and transforms its event. Never throws: a message that cannot be read is `rejected`, and an
 * unexpected exception is `failed`, so that one message cannot fail the other messages of its batch.
 */
export function parseRecord(record: SQSRecord, transform: (event: unknown) => Call): ParsedRecord {
  const sentAtMs = Number(record.attributes.SentTimestamp)
  const unopened = { record, receivedAtMs: sentAtMs, eventAtMs: sentAtMs, role: 'user' } as const
  const opened = openEnvelope(record.body)
  if (opened.kind === 'unknownVersion') return { ...unopened, plan: newerVersion }
  if (opened.kind === 'unreadable') return { ...unopened, plan: unreadable }
  const { envelope } = opened
  const receivedAtMs = timeOf(envelope.receivedAt) ?? sentAtMs
  return {
    record,
    eventId: envelope.id.slice(0, 128),
    ...labelOf(envelope.event),
    receivedAtMs,
    eventAtMs: eventTimeOf(envelope.event) ?? receivedAtMs,
    ...planFor(envelope, transform),
  }
}

const unreadable: Outcome = {
  kind: 'rejected',
  code: 'UNREADABLE',
  why: 'The relay did not write this message. Find out what else writes to the queue.',
}
/** After a rollback, messages of the newer release must not be lost: they wait until that release is back. */
const newerVersion: Outcome = {
  kind: 'unattempted',
  inSeconds: retry.maxSeconds,
  why: 'a newer release of the relay wrote this message; it waits for that release',
}

function planFor(
  { event, id }: Envelope,
  transform: (event: unknown) => Call,
): Pick<ParsedRecord, 'plan' | 'role' | 'deliveryId'> {
  try {
    const plan = transform(event)
    const parsed = parseEvent(event)
    if (parsed.kind === 'skip') return { plan, role: 'user' }
    const { type, externalId, externalIdFrom } = parsed
    const fields = event as Record<string, unknown>
    const name = [fields.event, fields.name]
    const content = [fields.properties, fields.traits]
    const deliveryId = deduplicationIdOf({ externalId, messageId: id, type, name, content })
    return { plan, role: externalIdFrom === 'userId' ? 'user' : 'anonymous', deliveryId }
  } catch (error) {
    if (error instanceof InvalidEventError)
      return { plan: { kind: 'rejected', code: error.code, why: error.message.slice(0, 256) }, role: 'user' }
    return { plan: { kind: 'failed', why: describeBug(error) }, role: 'user' }
  }
}

/** The name of an exception and where it was thrown. Never its message, which may quote personal data. */
export function describeBug(error: unknown): string {
  if (!(error instanceof Error)) return 'a value that is not an Error was thrown'
  const frames = error.stack?.replace(error.message, '') ?? ''
  return `${error.name} ${/^ +(at .*)/m.exec(frames)?.[1] ?? ''}`.trim().slice(0, 256)
}

/**
 * When an event happened: `timestamp`, which RudderStack corrects for the device's clock, else `originalTimestamp`
 * (rudderstack.com/docs, event specification, read 2026-11).
 */
function eventTimeOf(event: unknown): number | undefined {
  const { timestamp, originalTimestamp } = (event ?? {}) as Record<string, unknown>
  return timeOf(timestamp) ?? timeOf(originalTimestamp)
}

function timeOf(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}
