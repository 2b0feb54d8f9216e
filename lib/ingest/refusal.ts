import { createHash } from 'node:crypto'
import type { InvalidEventCode, Issue } from '../errors.ts'
import { queue, webhook } from '../policy.ts'
import { sealEnvelope } from '../queue/envelope.ts'
import type { EventLabel } from '../queue/event-label.ts'
import type { Member } from './members.ts'

/** Why an event cannot go onto the queue: its own fault, or more than a message holds. It holds no value of the event. */
export interface Refusal {
  code: InvalidEventCode | 'TOO_DEEP' | 'TOO_LARGE'
  message: string
  issues: Issue[]
}

/** What an event is called, where it is refused too. */
export type Labelled = { messageId: string } & EventLabel

/** The refusal of an event that is nested too deeply to be written as JSON again. */
export const tooDeep: Refusal = {
  code: 'TOO_DEEP',
  message: `The event is nested deeper than ${webhook.maxDepth} levels.`,
  issues: [],
}

/** The refusal of an event that fits no queue message. */
export const tooLarge: Refusal = {
  code: 'TOO_LARGE',
  message: `The event is larger than a queue message of ${queue.maxMessageBytes} bytes.`,
  issues: [],
}

const maxIdLength = 256

/** Refuses an event that is too large to be parsed, under an id that is the same when it is sent again. */
export function refuseUnparsed({ text }: Member, receivedAt: string) {
  const messageId = createHash('sha256').update(text).digest('hex').slice(0, 32)
  return refuseWithStub({ messageId }, tooLarge, receivedAt)
}

/** Refuses an event that cannot be stored as it is; its dead letter says what it was, so that it can be found. */
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
