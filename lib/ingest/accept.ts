import { randomUUID } from 'node:crypto'
import { type InvalidEventCode, InvalidEventError, type Issue } from '../errors.ts'
import { webhook } from '../policy.ts'
import { deduplicationIdOf, groupIdOf, sealEnvelope } from '../queue/envelope.ts'
import { type EventLabel, labelOf } from '../queue/event-label.ts'
import { maxSealedBytes, type Sealed } from '../queue/sqs.ts'
import { parseEvent } from '../transform/parse.ts'

/** Why an event cannot go onto the queue: its own fault, or more than a message holds. */
export interface Refusal {
  code: InvalidEventCode | 'TOO_DEEP' | 'TOO_LARGE'
  message: string
  issues: Issue[]
}

/** One event at ingest: sealed for the queue, of a kind that is not delivered, or refused with a body for the dead-letter queue. */
export type Accepted = { messageId: string } & EventLabel &
  (
    | { kind: 'queue'; sealed: Sealed }
    | { kind: 'ignored'; reason: string }
    | { kind: 'refused'; refusal: Refusal; body: string }
  )

type Fields = Record<string, unknown>

/** Whether a value is nested deeper than `levels`, itself being the first; found without recursion. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  let layer = [value].filter(isContainer)
  for (let depth = 1; layer.length > 0; depth++) {
    if (depth > levels) return true
    layer = layer.flatMap(container => Object.values(container).filter(isContainer))
  }
  return false
}

/**
 * Reads an event as the webhook got it and seals it for the queue, with a `messageId` of its own if it has none.
 * `personSalt` is the stack's, for the message group. Never throws: what no setting could ever deliver, and what fits no message, is `refused`, without any of its values.
 */
export function accept(event: unknown, receivedAtMs: number, personSalt: string): Accepted {
  const fields: Fields = isContainer(event) && !Array.isArray(event) ? (event as Fields) : {}
  const messageId = textOf(fields, 'messageId') ?? randomUUID()
  const label = { messageId, ...labelOf(event) }
  const seal = (content: unknown, id = messageId) =>
    sealEnvelope({ version: 1, id, receivedAt: new Date(receivedAtMs).toISOString(), event: content })
  const refuse = (refusal: Refusal, body?: string): Accepted => ({
    ...label,
    kind: 'refused',
    refusal,
    body:
      body ??
      seal(
        { messageId: messageId.slice(0, 256), type: label.type, reason: refusal.code },
        messageId.slice(0, 256),
      ),
  })
  if (isDeeperThan(webhook.maxDepth, event)) return refuse(tooDeep)
  const body = seal(isContainer(event) && !Array.isArray(event) ? { ...event, messageId } : event)
  if (Buffer.byteLength(body) > maxSealedBytes) return refuse(tooLarge)
  try {
    const parsed = parseEvent(event)
    if (parsed.kind === 'skip')
      return { ...label, kind: 'ignored', reason: 'events of this type are not delivered' }
    const { externalId } = parsed
    const [name, content] = [
      [fields.event, fields.name],
      [fields.properties, fields.traits],
    ]
    const deduplicationId = deduplicationIdOf({ externalId, messageId, type: parsed.type, name, content })
    return {
      ...label,
      kind: 'queue',
      sealed: { body, groupId: groupIdOf(externalId, personSalt), deduplicationId },
    }
  } catch (error) {
    if (error instanceof InvalidEventError) return refuse(error, body)
    throw error
  }
}

const tooDeep: Refusal = {
  code: 'TOO_DEEP',
  message: `The event is nested deeper than ${webhook.maxDepth} levels.`,
  issues: [],
}

const tooLarge: Refusal = {
  code: 'TOO_LARGE',
  message: `The event is larger than a queue message of ${maxSealedBytes} bytes.`,
  issues: [],
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function textOf(fields: Fields, key: string): string | undefined {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
