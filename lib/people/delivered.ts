import { personRecords as limits } from '../policy.ts'
import type { Person } from './person.ts'

const deliveredForMs = limits.deliveredForDays * 86_400_000

/**
 * Remembers that the event with this id (a hash) was delivered at `atMs`: oldest first, each id once, with its newest
 * time. Drops ids that are older than 7 days by then, and keeps at most 128. Changes `person`.
 */
export function rememberDelivered(person: Person, id: string, atMs: number): void {
  const others = person.delivered.filter(one => one.id !== id && atMs - one.atMs < deliveredForMs)
  const all = [...others, { id, atMs }].toSorted((a, b) => a.atMs - b.atMs)
  person.delivered = all.slice(-limits.maxDelivered)
}

/** Whether the event with this id (a hash) was delivered within the last 7 days, as far as the record shows. */
export function isDelivered(person: Person, id: string, nowMs: number): boolean {
  return person.delivered.some(one => one.id === id && nowMs - one.atMs < deliveredForMs)
}
