import * as v from 'valibot'
import type { DeadLetterCode } from '../../lib/errors.ts'
import type { DeadLetter } from '../../lib/queue/dead-letter.ts'
import { type Sealed, sealDeadLetter } from '../../lib/queue/sqs.ts'
import type { DeadLetterMessage } from './dead-letter-message.ts'

const schema = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  body: v.string(),
  code: v.pipe(v.string(), v.minLength(1)),
  reason: v.string(),
  status: v.optional(v.number()),
  attempts: v.optional(v.number()),
  /** ISO 8601. */
  failedAt: v.pipe(v.string(), v.isoTimestamp()),
  eventType: v.optional(v.string()),
  eventName: v.optional(v.string()),
  eventId: v.optional(v.string()),
  groupId: v.optional(v.string()),
  replays: v.optional(v.number()),
})

/** Writes a dead letter as one line of NDJSON, with its body. `deadLetterIn` reads it. */
export function archiveLine(deadLetter: DeadLetterMessage): string {
  const { failedAtMs, sentAtMs, sequence, version, queueMessageId, ...rest } = deadLetter
  return JSON.stringify({ ...rest, failedAt: new Date(failedAtMs).toISOString() })
}

/**
 * Reads a line of an export. Returns the dead letter as a message for the dead-letter queue, or undefined if it is not
 * such a line. Its id in the queue is made of the old one: SQS stores two imports within five minutes once.
 */
export function deadLetterIn(line: string): Sealed | undefined {
  const parsed = v.safeParse(schema, jsonOf(line))
  if (!parsed.success) return undefined
  const { id, reason, failedAt, eventId, code, attempts = 1, replays = 0, ...rest } = parsed.output
  const deadLetter: DeadLetter = {
    ...rest,
    code: code as DeadLetterCode,
    ...{ why: reason, attempts, failedAtMs: Date.parse(failedAt), messageId: eventId, replays },
  }
  return sealDeadLetter(deadLetter, `import-${id}`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
