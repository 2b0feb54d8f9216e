import type { SQSRecord } from 'aws-lambda'
import { transform } from '../../lib/transform/index.ts'
import type { ParsedRecord } from '../../lib/worker/parse-record.ts'
import { work } from '../../lib/worker/process-batch.ts'
import { type Container, identify, track } from '../delivery/delivering.ts'
import { sqsRecord } from './records.ts'
import { settling } from './settling.ts'

/** One invocation of the worker with a batch, and what became of it. */
export async function batch(one: Container, records: SQSRecord[], leftMs?: number) {
  const { settle, deadLetters, delays, decided } = settling()
  const { batchItemFailures } = await one.invoke(
    deliver => work(records, { settle, transform, deliver: (call, _: ParsedRecord) => deliver(call) }),
    leftMs,
  )
  return {
    retried: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    deadLettered: deadLetters.map(({ id }) => id),
    delays: delays.map(({ inSeconds }) => inSeconds),
    decided,
    deadLetters,
  }
}

/** Messages with a track each, of one person. */
export const tracks = (externalId: string, ...names: string[]) =>
  names.map(name => sqsRecord(`${externalId}-${name}`, track(externalId, name), { externalId }))
/** Messages with an identify each, of one person. */
export const identifies = (externalId: string, ...traits: object[]) =>
  traits.map((one, index) => sqsRecord(`${externalId}-${index}`, identify(externalId, one), { externalId }))
/** The names of a person's stored events, in order. */
export const namesOf = ({ standIn }: Container, externalId: string) =>
  standIn.events().flatMap(({ identity, event }) => (identity.externalId === externalId ? [event.name] : []))
