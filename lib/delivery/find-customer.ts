import type { Endpoint } from '../kustomer/endpoints.ts'
import type { CustomerKey, UpsertCustomer } from '../transform/call.ts'
import { customerIdPattern } from '../transform/kustomer/types.ts'
import { classifyAnswer, successOf } from './classify-answer.ts'
import type { Attributes } from './merge-addresses.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'
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
export interface Nobody {
  kind: 'nobody'
  othersKeys: CustomerKey[]
}

/** The result of a search: a customer, no customer, or the outcome of a request that failed. */
export type Search = Found | Nobody | { kind: 'stopped'; outcome: Outcome }

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
    const search = await ask(ports.endpoints.findCustomer(key), ports)
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
  return { kind: 'nobody', othersKeys }
}

/** Reads a found customer by id and decides again whose customer it is. A 404 is `nobody`. */
export async function readCustomer(
  call: UpsertCustomer,
  found: Found,
  ports: DeliveryPorts,
): Promise<Search> {
  const search = await ask(ports.endpoints.readCustomer(found.id), ports)
  if (search.kind === 'stopped') return search
  if (search.kind === 'none') return { kind: 'nobody', othersKeys: [] }
  const by = found.by === 'record' ? ownRole(call) : found.by
  return { ...found, attributes: search.attributes, claim: await claimOn(call, by, search.attributes, ports) }
}

/**
 * The customer in a response's `data`. Undefined when its id is not safe in a path; only an object counts as
 * attributes.
 */
export function customerIn(body: unknown): { id: string; attributes?: Attributes } | undefined {
  const data = (body as { data?: { id?: unknown; attributes?: unknown } } | undefined)?.data
  const { id, attributes } = data ?? {}
  if (typeof id !== 'string' || !customerIdPattern.test(id)) return undefined
  const isObject = typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes)
  return { id, ...(isObject && { attributes: attributes as Attributes }) }
}

/** The external id that a customer has, if it has one. */
export function externalIdIn({ externalId }: Attributes): string | undefined {
  return typeof externalId === 'string' && externalId !== '' ? externalId : undefined
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

function isRefused(outcome: Outcome): boolean {
  return outcome.kind === 'rejected' && outcome.status === 400
}

type Asked =
  | { kind: 'some'; id: string; attributes: Attributes }
  | { kind: 'none' }
  | { kind: 'stopped'; outcome: Outcome }

async function ask(endpoint: Endpoint, ports: DeliveryPorts): Promise<Asked> {
  const answer = await ports.request(endpoint)
  if (answer.kind === 'answer' && answer.status === 404) return { kind: 'none' }
  const customer = customerIn(successOf(answer)?.body)
  // A customer without attributes must not be written: a new list would remove the addresses that agents added.
  if (!customer?.attributes)
    return { kind: 'stopped', outcome: classifyAnswer(answer, endpoint.kind, ports.clock.now()) }
  return { kind: 'some', id: customer.id, attributes: customer.attributes }
}

/** Looks up whether an address belongs to another customer than `ownId`. */
export async function isAnothers(
  key: 'email' | 'phone',
  address: string,
  ownId: string | undefined,
  ports: DeliveryPorts,
): Promise<boolean | { kind: 'stopped'; outcome: Outcome }> {
  const search = await ask(ports.endpoints.findByAddress(key, address), ports)
  if (search.kind === 'stopped') return isRefused(search.outcome) ? false : search
  return search.kind === 'some' && search.id !== ownId
}
