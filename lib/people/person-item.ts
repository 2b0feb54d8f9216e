import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { personRecords as limits } from '../policy.ts'
import { customerIdPattern } from '../transform/kustomer/types.ts'
import { integer, list, stamped, text } from './attribute-codec.ts'
import { deliveredCodec } from './delivered-codec.ts'
import type { Person } from './person.ts'
import { waitingCodec } from './waiting-codec.ts'

/** An item of the table, by attribute. */
export type Item = Record<string, AttributeValue>

/** A hash by `hashOf`, or a longer one. */
const hash = /^[\w-]{12,22}$/
const messageId = /^[\w-]{1,128}$/

const codecs = {
  customerId: text(customerIdPattern),
  role: text<NonNullable<Person['role']>>(/^(user|anonymous)$/),
  addresses: list(text(hash), limits.maxAddresses),
  refused: list(stamped('address', 'atMs', hash), limits.maxRefused),
  identify: stamped('fingerprint', 'deliveredAtMs', hash),
  newestIdentifyMs: integer,
  delivered: deliveredCodec,
  waiting: waitingCodec,
  handedBack: list(stamped('messageId', 'receives', messageId), limits.maxHandedBack),
  begun: stamped('messageId', 'times', messageId),
}

/**
 * The attributes of a person's item; undefined means that the item must not have the attribute. Lists are cut to their
 * limits. A value that does not look like a hash, an id or a time is left out, so that no address or name gets into the
 * table by mistake.
 */
export function attributesOf(person: Person): Record<keyof Person, AttributeValue | undefined> {
  return {
    customerId: codecs.customerId.write(person.customerId),
    role: codecs.role.write(person.role),
    addresses: codecs.addresses.write(person.addresses),
    refused: codecs.refused.write(person.refused),
    identify: codecs.identify.write(person.identify),
    newestIdentifyMs: codecs.newestIdentifyMs.write(person.newestIdentifyMs),
    delivered: codecs.delivered.write(person.delivered),
    waiting: codecs.waiting.write(person.waiting),
    handedBack: person.handedBack?.length ? codecs.handedBack.write(person.handedBack) : undefined,
    begun: codecs.begun.write(person.begun),
  }
}

/** Reads a person from an item of this or an older shape. A part that is missing or of a wrong type is left out. */
export function personOf(item: Item): Person {
  const customerId = codecs.customerId.read(item.customerId)
  const role = codecs.role.read(item.role)
  const identify = codecs.identify.read(item.identify)
  const newestIdentifyMs = codecs.newestIdentifyMs.read(item.newestIdentifyMs)
  const waiting = codecs.waiting.read(item.waiting)
  const handedBack = codecs.handedBack.read(item.handedBack) ?? []
  const begun = codecs.begun.read(item.begun)
  return {
    addresses: codecs.addresses.read(item.addresses),
    refused: codecs.refused.read(item.refused),
    delivered: codecs.delivered.read(item.delivered),
    ...(customerId !== undefined && { customerId }),
    ...(role !== undefined && { role }),
    ...(identify !== undefined && { identify }),
    ...(newestIdentifyMs !== undefined && { newestIdentifyMs }),
    ...(waiting !== undefined && { waiting }),
    ...(handedBack.length > 0 && { handedBack }),
    ...(begun !== undefined && { begun }),
  }
}

/** A person as a text that is equal for equal records: the attributes that would be written to the item. */
export function textOf(person: Person): string {
  const { delivered, ...others } = attributesOf(person)
  return JSON.stringify([others, delivered?.B && Buffer.from(delivered.B).toString('base64')])
}
