import type { SQSRecord } from 'aws-lambda'
import type { Outcome } from '../delivery/outcome.ts'
import { rememberDelivered } from '../people/delivered.ts'
import type { Person } from '../people/person.ts'
import { personRecords as limits } from '../policy.ts'
import { replaysIn } from '../queue/replays.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Decision } from './decide.ts'
import type { ParsedRecord } from './parse-record.ts'

/**
 * Saves the result of a message in the person's record. The id of a delivered event is kept, so that a re-send is
 * recognised. A replayed event that needed no request is kept too: the record is where an operator's tool reads how a
 * replay ended. A message that goes back to the queue is noted with its receive count. For a message that is done or
 * dead-lettered, the notes on its attempts are removed.
 */
export function rememberEnd(
  { record, deliveryId }: ParsedRecord,
  outcome: Outcome,
  { kind }: Decision,
  person: Person,
  { hash, clock }: { hash(text: string): string; clock: Pick<Clock, 'now'> },
): void {
  const { messageId, attributes } = record
  const others = person.handedBack?.filter(one => one.messageId !== messageId) ?? []
  const handedBack = { messageId, receives: Number(attributes.ApproximateReceiveCount) }
  person.handedBack = (kind === 'retry' ? [...others, handedBack] : others).slice(-limits.maxHandedBack)
  if (person.begun?.messageId === messageId) delete person.begun
  if (kind === 'retry') return
  if (person.waiting?.messageId === messageId) delete person.waiting
  if (kind === 'deadLetter') rememberDelivered(person, hash(deadLetterMark(record)), clock.now())
  else if (deliveryId !== undefined && (outcome.kind === 'delivered' || isReplay(record)))
    rememberDelivered(person, hash(deliveryId), clock.now())
}

/**
 * The id under which a dead-lettered message is remembered. When its deletion failed, SQS delivers it again, and it
 * must not be dead-lettered twice.
 */
export function deadLetterMark({ messageId }: Pick<SQSRecord, 'messageId'>): string {
  return `dead letter ${messageId}`
}

function isReplay({ messageAttributes }: SQSRecord): boolean {
  return replaysIn(messageAttributes) > 0
}
