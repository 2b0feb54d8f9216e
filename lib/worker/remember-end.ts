import type { SQSRecord } from 'aws-lambda'
import type { Outcome } from '../delivery/outcome.ts'
import { rememberDelivered } from '../people/delivered.ts'
import type { Person } from '../people/person.ts'
import { personRecords as limits } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Decision } from './decide.ts'
import type { ParsedRecord } from './parse-record.ts'

/**
 * Puts into the person's record what became of a message: the id of a delivered event, so that a re-send is
 * recognised; that a message was given back with a decision; and nothing more of one that has ended.
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
  else if (outcome.kind === 'delivered' && deliveryId !== undefined)
    rememberDelivered(person, hash(deliveryId), clock.now())
}

/** The id under which a dead letter is remembered: a message whose deletion failed comes again, its letter must not. */
export function deadLetterMark({ messageId }: SQSRecord): string {
  return `dead letter ${messageId}`
}
