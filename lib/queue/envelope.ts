import { createHash, createHmac } from 'node:crypto'

const currentVersion = 1

/** What lies in the queue: the event as it came, with what ingest knew of it. Times are ISO 8601. */
export interface Envelope {
  version: typeof currentVersion
  /** RudderStack's `messageId`. */
  id: string
  receivedAt: string
  event: unknown
}

/** The body of a queue message, read. */
export type OpenedEnvelope =
  | { kind: 'envelope'; envelope: Envelope }
  | { kind: 'unknownVersion' }
  | { kind: 'unreadable' }

/** What the ids of a queue message are made from: the parts of an event that make it one. */
export interface Identity {
  externalId: string
  messageId: string
  type: string
  /** `event` and `name`. */
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

/**
 * Reads the body of a queue message. Every field is checked but the event, which is whatever the sender sent.
 * `unknownVersion`: a newer release wrote it. That release can read it, so it must wait and not be dead-lettered.
 * Never throws.
 */
export function openEnvelope(body: string): OpenedEnvelope {
  const found = fieldsIn(body)
  if (isEnvelope(found)) return { kind: 'envelope', envelope: found }
  const isNewer = Number.isSafeInteger(found.version) && Number(found.version) > currentVersion
  return { kind: isNewer ? 'unknownVersion' : 'unreadable' }
}

/**
 * The message group of a person, 64 hex digits: HMAC-SHA-256 of the external id with the salt of the stack. One person's
 * events stay in order, and whoever sees the group in a log cannot find a short id by trying all of them.
 */
export function groupIdOf(externalId: string, salt: string): string {
  return createHmac('sha256', salt).update(externalId).digest('hex')
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

function fieldsIn(body: string): Partial<Record<keyof Envelope, unknown>> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function isEnvelope(found: Partial<Record<keyof Envelope, unknown>>): found is Envelope {
  const { version, id, receivedAt } = found
  const isWhole = typeof id === 'string' && typeof receivedAt === 'string' && Object.hasOwn(found, 'event')
  return version === currentVersion && isWhole
}
