import { createHash } from 'node:crypto'

/** What lies in the queue: the event as it came, with what ingest knew of it. Times are ISO 8601. */
export interface Envelope {
  version: 1
  /** RudderStack's `messageId`. */
  id: string
  receivedAt: string
  event: unknown
}

/** What the ids of a queue message are made from: the parts of an event that make it one. */
export interface Identity {
  externalId: string
  messageId: string
  type: string
  name: unknown
  /** Properties and traits: a user transformation may make several events of one, alike but for these. */
  content: unknown
}

/**
 * The body of a queue message: ASCII where SQS or an emulator is particular (beyond the BMP, U+FFFE, U+FFFF), so that
 * any event can be stored. `openEnvelope` gives the same envelope back.
 */
export function sealEnvelope(envelope: Envelope): string {
  return JSON.stringify(envelope).replace(
    /[\ud800-\udfff\ufffe\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Reads the body of a queue message; undefined where it is none of ours. Never throws. */
export function openEnvelope(body: string): Envelope | undefined {
  try {
    const envelope = JSON.parse(body) as Partial<Envelope> | null
    const isOurs = envelope?.version === 1 && typeof envelope.id === 'string' && 'event' in envelope
    return isOurs ? (envelope as Envelope) : undefined
  } catch {
    return undefined
  }
}

/** The message group of a person, 64 hex digits: one person's events in order, and no personal data in a console. */
export function groupIdOf(externalId: string): string {
  return sha256(externalId)
}

/** The deduplication id of an event, 64 hex digits: a re-send within five minutes is stored once. */
export function deduplicationIdOf({ externalId, messageId, type, name, content }: Identity): string {
  return sha256(JSON.stringify([externalId, messageId, type, name, content]))
}

/** The id under which ingest dead-letters an event: the same for a request that is sent again, whenever it arrives. */
export function deadLetterIdOf(body: string): string {
  return sha256(body.replace(/"receivedAt":"[^"]*"/, ''))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
