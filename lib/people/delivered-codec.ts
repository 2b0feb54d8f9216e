import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { personRecords as limits } from '../policy.ts'
import type { Person } from './person.ts'

type Delivered = Person['delivered'][number]

const idPattern = new RegExp(`^[\\w-]{${limits.hashLength}}$`)
/** Four characters of base64url are three bytes. */
const idBytes = (limits.hashLength / 4) * 3
const timeBytes = 4
const entryBytes = idBytes + timeBytes
const latestSecond = 2 ** 32 - 1

/**
 * The ids of delivered events as one binary attribute: 13 bytes each, the id and the second of the delivery. As a list
 * of texts they would need twice as much, and DynamoDB bills each kB of a write. An id or time of another form is left
 * out, and a value of another kind is read as empty. Never throws.
 */
export const deliveredCodec = {
  write(delivered: readonly Delivered[]): AttributeValue | undefined {
    const entries = delivered.filter(isWritable).slice(-limits.maxDelivered)
    const B = Buffer.alloc(entries.length * entryBytes)
    for (const [i, { id, atMs }] of entries.entries()) {
      B.write(id, i * entryBytes, 'base64url')
      B.writeUInt32BE(secondOf(atMs), i * entryBytes + idBytes)
    }
    return entries.length === 0 ? undefined : { B }
  },
  read(value: AttributeValue | undefined): Delivered[] {
    if (!(value?.B instanceof Uint8Array) || value.B.length % entryBytes !== 0) return []
    const bytes = Buffer.from(value.B.buffer, value.B.byteOffset, value.B.length)
    return Array.from({ length: bytes.length / entryBytes }, (_, i) => ({
      id: bytes.toString('base64url', i * entryBytes, i * entryBytes + idBytes),
      atMs: bytes.readUInt32BE(i * entryBytes + idBytes) * 1_000,
    })).slice(-limits.maxDelivered)
  },
}

function isWritable({ id, atMs }: Delivered): boolean {
  const second = secondOf(atMs)
  return idPattern.test(id) && second >= 0 && second <= latestSecond
}

function secondOf(atMs: number): number {
  return Math.floor(atMs / 1_000)
}
