import { createHash, createHmac } from 'node:crypto'

const currentVersion = 1

/** The content of a queue message: the event as it was sent, and what ingest adds. Times are ISO 8601. */
export interface Envelope {
  version: typeof currentVersion
  /** RudderStack's `messageId`. */
  id: string
  receivedAt: string
  event: unknown
}

/** The parsed body of a queue message. */
export type OpenedEnvelope =
  | { kind: 'envelope'; envelope: Envelope }
  | { kind: 'unknownVersion' }
  | { kind: 'unreadable' }

/** The parts of an event that identify it. The ids of a queue message are made from them. */
export interface Identity {
  externalId: string
  messageId: string
  type: string
  /** `event` and `name`. */
  name: unknown
  /** Properties and traits: a user transformation may turn one event into several that differ only in these. */
  content: unknown
}

/**
 * Writes the body of a queue message. Characters that SQS or an emulator refuses (beyond the BMP, U+FFFE, U+FFFF) are
 * escaped, so that any event can be stored. `openEnvelope` returns the same envelope.
 */
export function sealEnvelope(envelope: Envelope): string {
  return JSON.stringify(envelope).replace(
    /[\ud800-\udfff\ufffe\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * Reads the body of a queue message. Every field is checked except the event, which may be anything.
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
 * The message group of a person: HMAC-SHA-256 of the external id with the salt of the stack, 64 hex digits. One
 * person's events stay in order. A reader of the logs cannot find a short id by trying all values.
 */
export function groupIdOf(externalId: string, salt: string): string {
  return createHmac('sha256', salt).update(externalId).digest('hex')
}

/** The deduplication id of an event, 64 hex digits: a re-send within five minutes is stored once. */
export function deduplicationIdOf({ externalId, messageId, type, name, content }: Identity): string {
  return sha256(JSON.stringify([externalId, messageId, type, name, content]))
}

/** The id of an event that ingest dead-letters. It is equal for a request that is sent again, at any time. */
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
