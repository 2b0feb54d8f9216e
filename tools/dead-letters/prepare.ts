import { InvalidEventError, parseEvent } from '../../lib/index.ts'
import { groupIdOf, openEnvelope } from '../../lib/queue/envelope.ts'
import type { Letter } from './letter.ts'

/** A letter as a replay would send it, or why it cannot. */
export type Prepared =
  | { kind: 'ready'; letter: Letter; groupId: string; receivedAtMs: number }
  | { kind: 'stuck'; letter: Letter; why: string }

/**
 * Letters as a replay takes them: the message group computed anew from the event, oldest arrival at ingest first,
 * so that each person's events keep their order. A letter whose event cannot be read is `stuck`. Never throws.
 */
export function prepareReplay(letters: Letter[]): Prepared[] {
  return letters
    .map(letter => ({ prepared: prepare(letter), letter }))
    .sort((a, b) => arrivalOf(a.prepared) - arrivalOf(b.prepared) || bySending(a.letter, b.letter))
    .map(({ prepared }) => prepared)
}

function prepare(letter: Letter): Prepared {
  const stuck = (why: string): Prepared => ({ kind: 'stuck', letter, why })
  const envelope = openEnvelope(letter.body)
  if (!envelope) return stuck('its body is not one of the relay')
  try {
    const event = parseEvent(envelope.event)
    if (event.kind === 'skip') return stuck(event.why)
    const receivedAtMs = Date.parse(envelope.receivedAt)
    return {
      kind: 'ready',
      letter,
      groupId: groupIdOf(event.externalId),
      receivedAtMs: Number.isNaN(receivedAtMs) ? letter.sentAtMs : receivedAtMs,
    }
  } catch (error) {
    return stuck(error instanceof InvalidEventError ? error.message : 'its event cannot be read')
  }
}

function arrivalOf(prepared: Prepared) {
  return prepared.kind === 'ready' ? prepared.receivedAtMs : prepared.letter.sentAtMs
}

function bySending(a: Letter, b: Letter) {
  // SQS's sequence numbers are of one length; a tie of both is impossible within a queue.
  return a.sentAtMs - b.sentAtMs || a.sequence.localeCompare(b.sequence)
}
