import type { CustomerKey, UpsertCustomer } from '../transform/call.ts'

/**
 * What an identify may do to the customer that it found: `update` it, `claim` it (a visitor's customer becomes the
 * user's), `takeOver` another user's customer with the same e-mail, fill only what is empty (`fillOnly`), or not change
 * it (`none`).
 */
export type Claim = 'update' | 'claim' | 'takeOver' | 'fillOnly' | 'none'

/** The external id that a found customer has, and whether it is known to be an anonymous visitor's. */
export interface Owner {
  externalId?: string | undefined
  isAnonymous: boolean
}

/**
 * Decides what an identify may do to a customer, by the table in docs/architecture.md. `by` says how the customer was
 * found; with `knownId` the event itself named it. Pure; never throws.
 */
export function claimOf(
  { externalIdFrom, customer: { externalId } }: UpsertCustomer,
  by: CustomerKey['role'] | 'knownId',
  owner: Owner,
  mergeByEmail: boolean,
): Claim {
  const isFree = owner.externalId === undefined || owner.externalId === externalId
  if (by === 'knownId') return 'update'
  if (externalIdFrom === 'anonymousId') return isFree ? 'update' : 'fillOnly'
  if (by === 'user' || owner.externalId === externalId) return 'update'
  if (isFree || owner.isAnonymous) return 'claim'
  return by === 'email' && mergeByEmail ? 'takeOver' : 'none'
}
