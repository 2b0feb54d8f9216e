import type { CustomerKey, UpsertCustomer } from '../transform/call.ts'

/**
 * What an identify may do to the customer that it found: `update` it, `claim` it (the external id of an anonymous
 * visitor becomes the user's), `takeOver` another user's customer with the same e-mail, only fill what is empty
 * (`fillOnly`), or leave it alone (`none`).
 */
export type Claim = 'update' | 'claim' | 'takeOver' | 'fillOnly' | 'none'

/** The external id that a found customer has now, and whether it is known to be an anonymous visitor's. */
export interface Owner {
  externalId?: string | undefined
  isAnonymous: boolean
}

/**
 * Decides whose customer it is, by the table in docs/architecture.md. `by` says what found the customer; `knownId` is
 * the sender's word for it. Pure; never throws.
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
