import { createHash } from 'node:crypto'
import type { InvalidEventCode, Issue } from '../errors.ts'
import { queue, webhook } from '../policy.ts'
import { sealEnvelope } from '../queue/envelope.ts'
import type { EventLabel } from '../queue/event-label.ts'
import type { Member } from './members.ts'

/** Why an event is not put on the queue: it is invalid, or too large for a message. It holds no value of the event. */
export interface Refusal {
  code: InvalidEventCode | 'TOO_DEEP' | 'TOO_LARGE'
  message: string
  issues: Issue[]
}

/** The id and the label of an event. */
export type Labelled = { messageId: string } & EventLabel

/** The refusal of an event that is nested too deeply to be parsed. */
export const tooDeep: Refusal = {
  code: 'TOO_DEEP',
  message: `The event is nested deeper than ${webhook.maxDepth} levels. Flatten it.`,
  issues: [],
}

/** The refusal of an event that does not fit into a queue message. */
export const tooLarge: Refusal = {
  code: 'TOO_LARGE',
  message: `The event is larger than a queue message of ${queue.maxMessageBytes} bytes. Send less.`,
  issues: [],
}

const maxIdLength = 256

/**
 * Refuses an event that is too large or nested too deeply, before it is parsed: parsing could take 60 MB. Its id is a
 * hash of its text, so that it is the same when the event is sent again. Undefined when the event may be parsed.
 */
export function refuseUnparsed({ text, depth }: Member, receivedAt: string) {
  const isTooLarge = Buffer.byteLength(text) > queue.maxMessageBytes
  if (!isTooLarge && depth <= webhook.maxDepth) return undefined
  const messageId = createHash('sha256').update(text).digest('hex').slice(0, 32)
  return refuseWithStub({ messageId }, isTooLarge ? tooLarge : tooDeep, receivedAt)
}

/**
 * Refuses an event that cannot be stored as it is. Its dead letter holds only its id and type, so that it can be found.
 */
export function refuseWithStub(label: Labelled, refusal: Refusal, receivedAt: string) {
  const id = label.messageId.slice(0, maxIdLength)
  const event = { messageId: id, type: label.type, reason: refusal.code }
  return {
    ...label,
    kind: 'refused',
    refusal,
    body: sealEnvelope({ version: 1, id, receivedAt, event }),
  } as const
}
