import type { CustomerKey, UpsertCustomer } from '../transform/call.ts'
import { externalIdIn, externalIdsIn } from './external-ids.ts'
import type { Attributes } from './merge-addresses.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'
import { isRefused, requestCustomer } from './request-customer.ts'
import { type Claim, claimOf } from './whose-customer.ts'

/** The customer that was found, and what may be done to it. `attributes` is set when the customer was just read. */
export interface Found {
  kind: 'found'
  id: string
  by: CustomerKey['role'] | 'knownId' | 'record'
  claim: Claim
  attributes?: Attributes
}

/** No customer was found. `othersKeys` are the keys that led to customers of other people. */
export interface NoCustomer {
  kind: 'none'
  othersKeys: CustomerKey[]
}

/** The result of a search: a customer, no customer, or the outcome of a request that failed. */
export type Search = Found | NoCustomer | { kind: 'stopped'; outcome: Outcome }

/**
 * Finds the customer of a call: by its known id or the person's record without a request, else by look-ups in the order
 * of `find`. Customers that belong to other people are skipped, and so is a look-up by e-mail that Kustomer refuses
 * (400). With `isFresh`, the known id, the person's record and the cache are ignored.
 */
export async function findCustomer(
  call: UpsertCustomer,
  isFresh: boolean,
  ports: DeliveryPorts,
): Promise<Search> {
  const { person, notFound } = ports
  if (!isFresh && call.knownId) return { kind: 'found', id: call.knownId, by: 'knownId', claim: 'update' }
  if (!isFresh && person.customerId)
    return { kind: 'found', id: person.customerId, by: 'record', claim: 'update' }
  const othersKeys: CustomerKey[] = []
  for (const key of call.find) {
    if (!isFresh && notFound.has(key)) continue
    const search = await requestCustomer(ports.endpoints.findCustomer(key), ports)
    if (search.kind === 'stopped' && key.role === 'email' && isRefused(search.outcome)) continue
    if (search.kind === 'stopped') return search
    if (search.kind === 'none') {
      notFound.add(key)
      continue
    }
    const claim = await claimOn(call, key.role, search.attributes, ports)
    if (claim !== 'none') return { ...search, kind: 'found', by: key.role, claim }
    othersKeys.push(key)
  }
  return { kind: 'none', othersKeys }
}

/**
 * Reads a found customer by id and decides again whose customer it is. A 404 is `none`, and so is the record's customer
 * when it is somebody else's now: an agent may have moved the external id to another customer.
 */
export async function readCustomer(
  call: UpsertCustomer,
  found: Found,
  ports: DeliveryPorts,
): Promise<Search> {
  const search = await requestCustomer(ports.endpoints.readCustomer(found.id), ports)
  if (search.kind === 'stopped') return search
  if (search.kind === 'none' || (found.by === 'record' && isOthers(call, search.attributes)))
    return { kind: 'none', othersKeys: [] }
  const by = found.by === 'record' ? ownRole(call) : found.by
  return { ...found, attributes: search.attributes, claim: await claimOn(call, by, search.attributes, ports) }
}

/** Whether a customer has an external id, and this call's is not among its ids. */
function isOthers({ customer: { externalId = '' } }: UpsertCustomer, attributes: Attributes): boolean {
  const own = externalIdIn(attributes)
  return own !== undefined && own !== externalId && !externalIdsIn(attributes).includes(externalId)
}

function ownRole({ externalIdFrom }: UpsertCustomer): CustomerKey['role'] {
  return externalIdFrom === 'userId' ? 'user' : 'anonymous'
}

async function claimOn(
  call: UpsertCustomer,
  by: Found['by'],
  attributes: Attributes,
  ports: DeliveryPorts,
): Promise<Claim> {
  if (by === 'record') return 'update'
  const externalId = externalIdIn(attributes)
  const isOfThisDevice = call.find.some(key => key.role === 'anonymous' && key.value === externalId)
  const mayMatter =
    externalId !== undefined && by !== 'user' && by !== 'knownId' && call.externalIdFrom === 'userId'
  const isAnonymous = isOfThisDevice || (mayMatter && (await ports.isAnonymous(externalId)))
  return claimOf(call, by, { externalId, isAnonymous }, ports.mergeByEmail)
}
