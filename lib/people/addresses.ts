import { personRecords as limits } from '../policy.ts'
import type { Person } from './person.ts'

const refusedForMs = limits.refusedForHours * 3_600_000

/**
 * Adds hashes of addresses that were seen on the customer: newest last, each once, at most 64 (the oldest are dropped).
 * They no longer count as refused. Changes `person`.
 */
export function rememberAddresses(person: Person, hashes: Iterable<string>): void {
  const seen = new Set(hashes)
  const before = person.addresses.filter(address => !seen.has(address))
  person.addresses = [...before, ...seen].slice(-limits.maxAddresses)
  person.refused = person.refused.filter(({ address }) => !seen.has(address))
}

/** Remembers that this address (a hash) cannot be written. Keeps at most 16 and drops the oldest. Changes `person`. */
export function refuse(person: Person, address: string, atMs: number): void {
  const others = person.refused.filter(one => one.address !== address)
  person.refused = [...others, { address, atMs }].slice(-limits.maxRefused)
}

/** Whether the address was refused within the last 24 hours. After that it is tried again. `address` is a hash. */
export function isRefused(person: Person, address: string, nowMs: number): boolean {
  return person.refused.some(one => one.address === address && nowMs - one.atMs < refusedForMs)
}
