import { randomUUID } from 'node:crypto'
import { InvalidEventError } from '../errors.ts'
import { deduplicationIdOf, groupIdOf, sealEnvelope } from '../queue/envelope.ts'
import { labelOf } from '../queue/event-label.ts'
import { maxSealedBytes, type Sealed } from '../queue/sqs.ts'
import { parseEvent } from '../transform/parse.ts'
import type { Member } from './members.ts'
import { type Labelled, type Refusal, refuseUnparsed, refuseWithStub, tooLarge } from './refusal.ts'

/**
 * The result for one event: sealed for the queue, ignored as its type is not delivered, or refused with a dead-letter
 * body.
 */
export type Accepted = Labelled &
  (
    | { kind: 'queue'; sealed: Sealed }
    | { kind: 'ignored'; reason: string }
    | { kind: 'refused'; refusal: Refusal; body: string }
  )

type Fields = Record<string, unknown>

/**
 * Parses an event that the webhook received and seals it for the queue, with a new `messageId` if it has none.
 * `personSalt` is the stack's salt, for the message group. An event that no setting could deliver, or that is too large
 * for a message, is `refused`; the refusal holds none of its values. Size and depth are checked before parsing.
 * @throws SyntaxError when the event is not JSON.
 */
export function accept(member: Member, receivedAtMs: number, personSalt: string): Accepted {
  const receivedAt = new Date(receivedAtMs).toISOString()
  const unparsed = refuseUnparsed(member, receivedAt)
  if (unparsed) return unparsed
  const event: unknown = JSON.parse(member.text)
  const fields = fieldsOf(event)
  const messageId = textOf(fields?.messageId) ?? randomUUID()
  const label = { messageId, ...labelOf(event) }
  const stored = fields ? { ...fields, messageId } : event
  const body = sealEnvelope({ version: 1, id: messageId, receivedAt, event: stored })
  if (Buffer.byteLength(body) > maxSealedBytes) return refuseWithStub(label, tooLarge, receivedAt)
  try {
    const parsed = parseEvent(event)
    if (parsed.kind === 'skip')
      return { ...label, kind: 'ignored', reason: 'events of this type are not delivered' }
    const { externalId, type } = parsed
    const { event: name, name: title, properties, traits } = fields ?? {}
    const identity = { externalId, messageId, type, name: [name, title], content: [properties, traits] }
    const ids = { groupId: groupIdOf(externalId, personSalt), deduplicationId: deduplicationIdOf(identity) }
    return { ...label, kind: 'queue', sealed: { body, ...ids } }
  } catch (error) {
    if (error instanceof InvalidEventError) return { ...label, kind: 'refused', refusal: error, body }
    throw error
  }
}

function fieldsOf(event: unknown): Fields | undefined {
  return typeof event === 'object' && event !== null && !Array.isArray(event) ? (event as Fields) : undefined
}

/** A number beyond the safe integers does not count: JSON rounds it, so two different ids can become equal. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
