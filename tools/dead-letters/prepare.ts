import { InvalidEventError, parseEvent } from '../../lib/index.ts'
import { groupIdOf, openEnvelope } from '../../lib/queue/envelope.ts'
import type { DeadLetterMessage } from './dead-letter-message.ts'

/** A dead letter as a replay would send it, or why it cannot. */
export type Prepared =
  | { kind: 'ready'; deadLetter: DeadLetterMessage; groupId: string; receivedAtMs: number }
  | { kind: 'stuck'; deadLetter: DeadLetterMessage; why: string }

/**
 * Dead letters as a replay takes them: in the message group that each names, oldest arrival at ingest first,
 * so that each person's events keep their order. A dead letter whose event cannot be read is `stuck`. Never throws.
 */
export function prepareReplay(deadLetters: DeadLetterMessage[]): Prepared[] {
  return deadLetters
    .map(deadLetter => ({ prepared: prepare(deadLetter), deadLetter }))
    .sort((a, b) => arrivalOf(a.prepared) - arrivalOf(b.prepared) || bySending(a.deadLetter, b.deadLetter))
    .map(({ prepared }) => prepared)
}

function prepare(deadLetter: DeadLetterMessage): Prepared {
  const stuck = (why: string): Prepared => ({ kind: 'stuck', deadLetter, why })
  const opened = openEnvelope(deadLetter.body)
  if (opened.kind === 'unknownVersion') return stuck('its body is of a newer release than this tool')
  if (opened.kind === 'unreadable') return stuck('its body is not one of the relay')
  const { envelope } = opened
  try {
    const event = parseEvent(envelope.event)
    if (event.kind === 'skip') return stuck(event.why)
    const receivedAtMs = Date.parse(envelope.receivedAt)
    return {
      kind: 'ready',
      deadLetter,
      // Only the stack knows the salt of its groups: without a name of one, these at least keep their order.
      groupId: deadLetter.groupId ?? groupIdOf(event.externalId, 'replay'),
      receivedAtMs: Number.isNaN(receivedAtMs) ? deadLetter.sentAtMs : receivedAtMs,
    }
  } catch (error) {
    return stuck(error instanceof InvalidEventError ? error.message : 'its event cannot be read')
  }
}

function arrivalOf(prepared: Prepared) {
  return prepared.kind === 'ready' ? prepared.receivedAtMs : prepared.deadLetter.sentAtMs
}

function bySending(a: DeadLetterMessage, b: DeadLetterMessage) {
  // SQS's sequence numbers are of one length; a tie of both is impossible within a queue.
  return a.sentAtMs - b.sentAtMs || a.sequence.localeCompare(b.sequence)
}
