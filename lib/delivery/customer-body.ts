import type { UpsertCustomer } from '../transform/call.ts'
import { limits } from '../transform/kustomer/limits.ts'
import type { Customer, Json } from '../transform/kustomer/types.ts'
import type { DeliveryNote } from './delivery-note.ts'
import { fillOnly } from './fill-only.ts'
import { externalIdIn, type Found } from './find-customer.ts'
import { type Attributes, uniteAddresses, withoutAddresses } from './merge-addresses.ts'

/** What is written: a customer, with the external ids that the transformation knows nothing of. */
export type CustomerBody = Customer & { externalIds?: { externalId: string }[] }

/** A body, the notes on it, the addresses that found no room, and whether it rests on the `rev` that was read. */
export interface PlannedWrite {
  body: CustomerBody
  notes: DeliveryNote[]
  withoutRoom: string[]
  hasReadRev: boolean
}

/**
 * What may be written over a found customer: united lists and a new owner with the `rev` that was read, no anonymous id in place of an
 * external id that it has, and only what is empty where the claim or the identify's age (`isOlder`) allows no more.
 * Pure; never throws.
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
  const hasReadRev = (hasLists || isNewOwner || body.externalIds !== undefined) && customer.rev === undefined
  return {
    body: hasReadRev ? withRev(body, attributes) : body,
    notes: [...claimNotes(claim), ...(withoutRoom.length > 0 ? [{ kind: 'noRoom' } as const] : [])],
    withoutRoom,
    hasReadRev,
  }
}

/** What is written to create a customer. A user's also claims the visitor's anonymous id where `claims` names it. */
export function createBody(customer: Customer, claims: string | undefined): CustomerBody {
  return claims === undefined ? customer : { ...customer, externalIds: [{ externalId: claims }] }
}

function plain(body: CustomerBody): PlannedWrite {
  return { body, notes: [], withoutRoom: [], hasReadRev: false }
}

/** An anonymous id names only a customer without an external id, which an update without a read cannot know. */
function namedBy({ externalIdFrom }: UpsertCustomer, { externalId, ...rest }: Customer): Customer {
  return externalIdFrom === 'userId' && externalId !== undefined ? { ...rest, externalId } : rest
}

/** The customer's own external id stays among `externalIds` when another takes its place. */
function claimed(call: UpsertCustomer, customer: Customer, own: Attributes): CustomerBody {
  const before = externalIdIn(own)
  if (call.externalIdFrom === 'anonymousId') return before === undefined ? customer : namedBy(call, customer)
  const ids = externalIdsIn(own)
  if (before === undefined || before === customer.externalId || ids.includes(before)) return customer
  const kept = [...ids, before].slice(-limits.listItems).map(externalId => ({ externalId }))
  return { ...customer, externalIds: kept }
}

function externalIdsIn({ externalIds }: Attributes): string[] {
  if (!Array.isArray(externalIds)) return []
  return externalIds.flatMap((item: { externalId?: unknown } | null) =>
    typeof item?.externalId === 'string' ? [item.externalId] : [],
  )
}

/** With the `rev` that was read Kustomer refuses the write where somebody else wrote in between. */
function withRev(body: CustomerBody, { rev }: Attributes): CustomerBody {
  const isEmpty = Object.keys(body).length === 0
  return isEmpty || typeof rev !== 'number' ? body : { ...body, rev: rev satisfies Json }
}

function claimNotes(claim: Found['claim']): DeliveryNote[] {
  if (claim === 'claim') return [{ kind: 'anonymousClaimed' }]
  return claim === 'takeOver' ? [{ kind: 'takenOverByEmail' }] : []
}
