import type { UpsertCustomer } from '../transform/call.ts'
import { limits } from '../transform/kustomer/limits.ts'
import type { Customer, Json } from '../transform/kustomer/types.ts'
import type { DeliveryNote } from './delivery-note.ts'
import { externalIdIn, externalIdsIn } from './external-ids.ts'
import { fillOnly } from './fill-only.ts'
import type { Found } from './find-customer.ts'
import { type Attributes, uniteAddresses, withoutAddresses } from './merge-addresses.ts'

/** The body of a write: the customer, and the `externalIds` that delivery adds. */
export type CustomerBody = Customer & { externalIds?: { externalId: string }[] }

/**
 * A planned write: its body, its notes, the addresses for which Kustomer's list has no room, and whether the body holds
 * the `rev` that was read.
 */
export interface PlannedWrite {
  body: CustomerBody
  notes: DeliveryNote[]
  withoutRoom: string[]
  hasReadRev: boolean
}

/**
 * Plans the update of a found customer. Address lists are united; they and a new owner are
 * written with the `rev` that was read. An anonymous id
 * never replaces an external id. Where the claim is `fillOnly` or the identify is older than the newest delivered one
 * (`isOlder`), only empty attributes are filled. Pure; never throws.
 */
export function updateBody(
  call: UpsertCustomer,
  customer: Customer,
  found: Found,
  isOlder: boolean,
): PlannedWrite {
  const { attributes, claim } = found
  if (!attributes) return plain(namedBy(call, withoutAddresses(customer)))
  if (claim === 'fillOnly' || isOlder) {
    const body = fillOnly(customer, attributes, claim !== 'fillOnly')
    return { ...plain(withRev(body, attributes)), notes: [{ kind: 'filledOnly' }], hasReadRev: true }
  }
  const { customer: united, hasLists, withoutRoom } = uniteAddresses(customer, attributes)
  const body = claimed(call, united, attributes)
  const isNewOwner = body.externalId !== undefined && body.externalId !== externalIdIn(attributes)
  // A guest's customer may become a user's in between.
  const mayBeClaimed = call.externalIdFrom === 'anonymousId'
  const needsRev = hasLists || isNewOwner || mayBeClaimed || body.externalIds !== undefined
  const hasReadRev = needsRev && customer.rev === undefined
  return {
    body: hasReadRev ? withRev(body, attributes) : body,
    notes: [...claimNotes(claim), ...(withoutRoom.length > 0 ? [{ kind: 'noRoom' } as const] : [])],
    withoutRoom,
    hasReadRev,
  }
}

/** The body of a create. `claims` is the visitor's anonymous id, which is stored in `externalIds`. */
export function createBody(customer: Customer, claims: string | undefined): CustomerBody {
  return claims === undefined ? customer : { ...customer, externalIds: [{ externalId: claims }] }
}

function plain(body: CustomerBody): PlannedWrite {
  return { body, notes: [], withoutRoom: [], hasReadRev: false }
}

/** Removes an anonymous `externalId`: it must not replace another one, and without a read that is unknown. */
function namedBy({ externalIdFrom }: UpsertCustomer, { externalId, ...rest }: Customer): Customer {
  return externalIdFrom === 'userId' && externalId !== undefined ? { ...rest, externalId } : rest
}

/** When an event's external id replaces the customer's, the replaced one is kept among `externalIds`. */
function claimed(call: UpsertCustomer, customer: Customer, own: Attributes): CustomerBody {
  const before = externalIdIn(own)
  if (call.externalIdFrom === 'anonymousId') return before === undefined ? customer : namedBy(call, customer)
  const ids = externalIdsIn(own)
  if (before === undefined || before === customer.externalId || ids.includes(before)) return customer
  const kept = [...ids, before].slice(-limits.listItems).map(externalId => ({ externalId }))
  return { ...customer, externalIds: kept }
}

/** Adds the `rev` that was read: with it, Kustomer refuses the write when another writer changed the customer since. */
function withRev(body: CustomerBody, { rev }: Attributes): CustomerBody {
  const isEmpty = Object.keys(body).length === 0
  return isEmpty || typeof rev !== 'number' ? body : { ...body, rev: rev satisfies Json }
}

function claimNotes(claim: Found['claim']): DeliveryNote[] {
  if (claim === 'claim') return [{ kind: 'anonymousClaimed' }]
  return claim === 'takeOver' ? [{ kind: 'takenOverByEmail' }] : []
}
