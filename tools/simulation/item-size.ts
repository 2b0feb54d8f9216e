import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Item } from '../../lib/people/person-item.ts'

/**
 * Bytes of an item as DynamoDB counts them: names and texts in UTF-8; binary data as it is; a number one byte for two digits and one more;
 * a list or map 3 and one for each element (docs.aws.amazon.com, "DynamoDB item sizes and formats", read 2026-11-26).
 */
export function itemSize(item: Item): number {
  return sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + valueSize(value)))
}

/** The units of one write (1 kB each) and of one consistent read (4 kB each) of an item. At least one, also without an item. */
export function unitsOf(bytes: number) {
  return { write: Math.max(1, Math.ceil(bytes / 1_024)), read: Math.max(1, Math.ceil(bytes / 4_096)) }
}

function valueSize({ S, B, N, L, M }: AttributeValue): number {
  if (B !== undefined) return B.length
  if (S !== undefined) return Buffer.byteLength(S)
  if (N !== undefined) return Math.ceil(N.replace('-', '').length / 2) + 1 + Number(N.startsWith('-'))
  if (L !== undefined) return 3 + sum(L.map(value => 1 + valueSize(value)))
  return (
    3 + sum(Object.entries(M ?? {}).map(([name, value]) => 1 + Buffer.byteLength(name) + valueSize(value)))
  )
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
