import { personRecords as limits } from '../policy.ts'
import { integer } from './attribute-codec.ts'
import type { StoredPerson } from './person.ts'
import { type Item, personOf } from './person-item.ts'

/**
 * Reads an item. Undefined when it has expired, since DynamoDB deletes an expired item up to two days late
 * (docs.aws.amazon.com, "Using time to live", read 2026-11-26). A missing version is 0, as for no item.
 */
export function storedPersonOf(item: Item, nowMs: number): StoredPerson | undefined {
  const expiresAtSeconds = integer.read(item[limits.table.expiry])
  const expiresAtMs = (expiresAtSeconds ?? 0) * 1_000
  if (expiresAtSeconds !== undefined && expiresAtMs <= nowMs) return undefined
  return { person: personOf(item), version: integer.read(item.version) ?? 0, expiresAtMs }
}

/** The expiry of a record that is written now: 30 days ahead, in epoch seconds. */
export function expiryOf(nowMs: number): number {
  return Math.floor(nowMs / 1_000) + limits.retentionDays * 86_400
}
