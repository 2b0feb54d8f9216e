import type { SQSRecord } from 'aws-lambda'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import { type Call, transform } from '../../lib/index.ts'
import type { People } from '../../lib/people/people.ts'
import { emptyPerson, type Person } from '../../lib/people/person.ts'
import type { Clock } from '../../lib/runtime/clock.ts'
import { type ParsedRecord, parseRecord } from '../../lib/worker/parse-record.ts'
import { processBatch } from '../../lib/worker/process-batch.ts'
import { type Container, identify, track } from '../delivery/delivering.ts'
import { sqsRecord } from './records.ts'
import { settling } from './settling.ts'

/** Person records in memory. `saves` counts the writes of each record. */
export function peopleInMemory(isRead = true) {
  const known = new Map<string, Person>()
  const saves: string[] = []
  const people: People = {
    isRead,
    get(groupId) {
      const person = known.get(groupId) ?? emptyPerson()
      known.set(groupId, person)
      return person
    },
    peek: async groupId => known.get(groupId),
    async save(groupId) {
      saves.push(groupId)
      return true
    },
  }
  return { people, saves }
}

/** Runs one invocation of the worker with a batch and the test's own delivery. Returns the result. */
export async function workOn(
  records: SQSRecord[],
  deliver: (call: Call, parsed: ParsedRecord, isMerged: boolean, person: Person) => Promise<Outcome>,
  more: { settled?: ReturnType<typeof settling>; people?: People; clock?: Clock } = {},
) {
  const settled = more.settled ?? settling(undefined, {}, more.clock)
  const { batchItemFailures } = await processBatch(records, async () => ({
    parse: record => parseRecord(record, event => transform(event, {})),
    deliver: (call, parsed, person, isMerged) => deliver(call, parsed, isMerged, person),
    hash: text => text,
    people: more.people ?? peopleInMemory().people,
    settlement: settled.open(),
    clock: settled.clock,
  }))
  const { deadLetters, delays, decided, deleted } = settled
  return {
    retried: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    deadLettered: deadLetters.map(({ id }) => id),
    delays: delays.map(({ inSeconds }) => inSeconds),
    ...{ decided, deadLetters, deleted },
  }
}

/** Runs one invocation of the worker with a batch and the stand-in of a container. Returns the result. */
export function batch(one: Container, records: SQSRecord[], leftMs?: number) {
  return one.invoke(
    deliver =>
      workOn(
        records,
        (call, { record }, isMerged) => deliver(JSON.parse(record.body).event, { isMerged, call }),
        { clock: one.clock },
      ),
    leftMs,
  )
}

/** Messages of one person, each with a track. */
export const tracks = (externalId: string, ...names: string[]) =>
  names.map(name => sqsRecord(`${externalId}-${name}`, track(externalId, name), { externalId }))
/** Messages of one person, each with an identify. */
export const identifies = (externalId: string, ...traits: object[]) =>
  traits.map((one, index) => sqsRecord(`${externalId}-${index}`, identify(externalId, one), { externalId }))
/** The names of a person's stored events, in order. */
export const namesOf = ({ standIn }: Container, externalId: string) =>
  standIn.events().flatMap(({ identity, event }) => (identity.externalId === externalId ? [event.name] : []))
