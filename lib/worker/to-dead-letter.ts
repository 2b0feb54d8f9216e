import type { Outcome } from '../delivery/outcome.ts'
import type { DeadLetter } from '../queue/dead-letter.ts'
import { replaysIn } from '../queue/replays.ts'
import type { Decision } from './decide.ts'
import type { ParsedRecord } from './parse-record.ts'

/**
 * Describes a message that is moved to the dead-letter queue: its body as it was received, and the reason. `attempts` is
 * raised to 1, `failedAtMs` is epoch milliseconds. Pure; never throws.
 */
export function toDeadLetter(
  { record, eventId, type, name }: ParsedRecord,
  outcome: Outcome,
  { code, why }: Decision & { kind: 'deadLetter' },
  attempts: number,
  failedAtMs: number,
): DeadLetter {
  return {
    body: record.body,
    ...{ code, why, attempts: Math.max(1, attempts), failedAtMs },
    status: 'status' in outcome ? outcome.status : undefined,
    eventType: type,
    eventName: name,
    messageId: eventId,
    groupId: record.attributes.MessageGroupId,
    replays: replaysIn(record.messageAttributes),
  }
}
