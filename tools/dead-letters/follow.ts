import type { SQSRecord } from 'aws-lambda'
import { isDelivered } from '../../lib/people/delivered.ts'
import { hashOf } from '../../lib/people/hash-of.ts'
import type { PeopleStore, Person } from '../../lib/people/person.ts'
import type { Clock } from '../../lib/runtime/clock.ts'
import { parseRecord } from '../../lib/worker/parse-record.ts'
import { deadLetterMark } from '../../lib/worker/remember-end.ts'
import type { SentReplay } from './replay.ts'

/** The person records of a relay, and the salt of their hashes. */
export interface PeopleRecords {
  store: Pick<PeopleStore, 'load'>
  salt: string
}

/** How a replayed event ended. `delivered` includes an event for which there was nothing left to send. */
export interface ReplayEnd {
  kind: 'delivered' | 'deadAgain'
  sent: SentReplay
}

/** A replayed event that has not ended yet. `why` is a sentence. */
export interface WaitingReplay {
  sent: SentReplay
  why: string
}

/** Follows replayed events to their end. */
export interface Follower {
  add(sent: SentReplay): void
  /** Reads the person records once. Returns the events that have ended since the last look. Rejects as the store does. */
  look(): Promise<ReplayEnd[]>
  /** The events that had not ended at the last look. */
  waiting(): WaitingReplay[]
}

/** A look reads the records of at most this many people: those whose events were sent first. */
const peoplePerLook = 500

/**
 * Creates a follower. It reads the result of an event from its person's record, in which the worker notes each event
 * that was delivered or dead-lettered, before it acknowledges the message.
 */
export function createFollower({ store, salt }: PeopleRecords, clock: Pick<Clock, 'now'>): Follower {
  const open = new Map<string, Followed>()
  return {
    add(sent) {
      const marks = {
        delivered: hashOf(salt, deliveryIdOf(sent)),
        deadAgain: hashOf(salt, deadLetterMark(sent)),
      }
      // Without the body, so that many can be followed.
      const slim = { ...sent, deadLetter: { ...sent.deadLetter, body: '' } }
      open.set(sent.messageId, { sent: slim, marks, why: 'it is in the queue' })
    },
    async look() {
      const groups = Map.groupBy(open.values(), ({ sent }) => sent.groupId)
      const chosen = [...groups.keys()].slice(0, peoplePerLook)
      const people = await store.load(chosen)
      const ends = chosen.flatMap(groupId =>
        (groups.get(groupId) ?? []).flatMap(one => {
          const end = endOf(one, people.get(groupId)?.person, clock.now())
          // Moved behind the others, so that the next look reads other people.
          open.delete(one.sent.messageId)
          if (!end) open.set(one.sent.messageId, one)
          return end ?? []
        }),
      )
      return ends
    },
    waiting: () => [...open.values()].map(({ sent, why }) => ({ sent, why })),
  }
}

interface Followed {
  sent: SentReplay
  marks: { delivered: string; deadAgain: string }
  why: string
}

/** Returns how an event ended, or notes why it waits. The mark of a dead letter is unique to this replay. */
function endOf(one: Followed, person: Person | undefined, nowMs: number): ReplayEnd | undefined {
  if (!person) return undefined
  const { sent, marks } = one
  if (isDelivered(person, marks.deadAgain, nowMs)) return { kind: 'deadAgain', sent }
  if (isDelivered(person, marks.delivered, nowMs)) return { kind: 'delivered', sent }
  one.why = whyWaiting(person.waiting, sent.messageId)
  return undefined
}

/** The kinds of outcome that a record counts, as causes. */
const causes: Record<string, string> = {
  unavailable: 'Kustomer did not answer, or answered with an error of its own',
  unauthorized: 'Kustomer refused the key, or the host is not its API',
  conflict: 'it was in conflict with another change',
  failed: 'an error in the relay: see the log of the worker',
}

function whyWaiting(waiting: Person['waiting'], messageId: string): string {
  if (!waiting) return 'it is in the queue'
  if (waiting.messageId !== messageId) return 'an earlier event of the same person waits'
  const [kind = '', count = 0] = Object.entries(waiting.counts).toSorted((a, b) => b[1] - a[1])[0] ?? []
  return `${causes[kind] ?? 'it waits for the next attempt'} (${count} attempt${count === 1 ? '' : 's'} so far)`
}

/** The id under which the worker remembers the delivery of an event. Empty if the event has none. */
function deliveryIdOf({ deadLetter, messageId, groupId }: SentReplay): string {
  const attributes = { SentTimestamp: String(deadLetter.sentAtMs), MessageGroupId: groupId }
  const record = { messageId, body: deadLetter.body, attributes } as SQSRecord
  return parseRecord(record, () => ({ kind: 'skip', why: '' })).deliveryId ?? ''
}
