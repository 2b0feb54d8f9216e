import type { SQSRecord } from 'aws-lambda'
import type { Outcome } from '../delivery/outcome.ts'
import type { Person } from '../people/person.ts'
import { worker as limits } from '../policy.ts'
import type { ParsedRecord } from './parse-record.ts'
import { type WorkPorts, workInOrder } from './work-in-order.ts'

/** A person's messages of a batch. */
export type Group = [groupId: string, records: SQSRecord[]]

/** Whether a message was received several times without a decision, so that it may have crashed the workers. */
export function isSuspect({ messageId, attributes }: SQSRecord, person: Person): boolean {
  const handedBack = person.handedBack?.find(one => one.messageId === messageId)?.receives ?? 0
  return Number(attributes.ApproximateReceiveCount) - 1 - handedBack >= limits.undecidedReceives
}

/**
 * Processes people with suspect messages after all other messages are settled. The first of these people is processed
 * alone, message by message, and each start is saved in the person's record before the message is read. The others go
 * back to the queue. A message that was started too often is dead-lettered unread. Never throws.
 */
export async function workAlone([first, ...others]: Group[], ports: WorkPorts): Promise<void> {
  if (!first) return
  for (const [groupId, records] of others)
    await workInOrder(
      groupId,
      records.map(record => unread(record, later)),
      ports,
    )
  await ports.settlement.settleNow()
  const [groupId, records] = first
  const person = ports.people.get(groupId)
  let waiting: number | undefined
  for (const record of records) {
    const times = person.begun?.messageId === record.messageId ? person.begun.times : 0
    const isGivenUp = times >= limits.startsAlone
    if (waiting === undefined && !isGivenUp) {
      person.begun = { messageId: record.messageId, times: times + 1 }
      await ports.people.save(groupId)
    }
    const mayRead = waiting === undefined && !isGivenUp
    const parsed = mayRead ? ports.parse(record) : unread(record, isGivenUp ? givenUp : later)
    waiting = await workInOrder(groupId, [parsed], ports, waiting)
    await ports.settlement.settleNow()
  }
}

const later: Outcome = {
  kind: 'unattempted',
  inSeconds: limits.suspectDelaySeconds,
  why: 'several workers ended without a decision on this message; it is retried alone later',
}

const givenUp: Outcome = {
  kind: 'rejected',
  code: 'FAILED',
  why: 'Five workers ended without a decision on this message, so it was not tried again. Report it, then replay.',
}

function unread(record: SQSRecord, plan: Outcome): ParsedRecord {
  const sentAtMs = Number(record.attributes.SentTimestamp)
  return { record, plan, receivedAtMs: sentAtMs, eventAtMs: sentAtMs, role: 'user' }
}
