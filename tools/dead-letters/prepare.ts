import { InvalidEventError, parseEvent } from '../../lib/index.ts'
import { groupIdOf, openEnvelope } from '../../lib/queue/envelope.ts'
import type { DeadLetterMessage } from './dead-letter-message.ts'

/** A dead letter as a replay sends it, or why it cannot be sent. */
export type Prepared =
  | { kind: 'ready'; deadLetter: DeadLetterMessage; groupId: string; receivedAtMs: number }
  | { kind: 'stuck'; deadLetter: DeadLetterMessage; why: string }

/**
 * Prepares dead letters for a replay. They are sorted by their arrival at ingest, oldest first, and keep their message
 * group, so that each person's events keep their order. A dead letter whose event is invalid is `stuck`. `salt` is the
 * relay's, for letters without a group; without it, such letters of a person share a group of their own. Never throws.
 */
export function prepareReplay(deadLetters: DeadLetterMessage[], salt = 'replay'): Prepared[] {
  return deadLetters
    .map(deadLetter => ({ prepared: prepare(deadLetter, salt), deadLetter }))
    .sort((a, b) => arrivalOf(a.prepared) - arrivalOf(b.prepared) || bySending(a.deadLetter, b.deadLetter))
    .map(({ prepared }) => prepared)
}

function prepare(deadLetter: DeadLetterMessage, salt: string): Prepared {
  const stuck = (why: string): Prepared => ({ kind: 'stuck', deadLetter, why })
  const opened = openEnvelope(deadLetter.body)
  if (opened.kind === 'unknownVersion') return stuck('its body was written by a newer release than this tool')
  if (opened.kind === 'unreadable') return stuck('its body was not written by the relay')
  const { envelope } = opened
  try {
    const event = parseEvent(envelope.event)
    if (event.kind === 'skip') return stuck(event.why)
    const receivedAtMs = Date.parse(envelope.receivedAt)
    return {
      kind: 'ready',
      deadLetter,
      groupId: deadLetter.groupId ?? groupIdOf(event.externalId, salt),
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
  // SQS's sequence numbers have the same length and are unique in a queue.
  return a.sentAtMs - b.sentAtMs || a.sequence.localeCompare(b.sequence)
}
