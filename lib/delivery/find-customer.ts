import type { Endpoint } from '../kustomer/endpoints.ts'
import type { CustomerKey, UpsertCustomer } from '../transform/call.ts'
import { customerIdPattern } from '../transform/kustomer/types.ts'
import { classifyAnswer, successOf } from './classify-answer.ts'
import { type Attributes, addressesOf, addressKey } from './merge-addresses.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'

/** A customer that a call is about. `attributes` are there where they were read just now. */
export interface Found {
  kind: 'found'
  id: string
  by: 'knownId' | 'memory' | CustomerKey['role']
  /** The address or external id that found the customer. */
  key?: CustomerKey
  addresses: ReadonlySet<string>
  attributes?: Attributes
}

/** The customer, nobody, or what kept us from asking. */
export type Search = Found | { kind: 'nobody' } | { kind: 'stopped'; outcome: Outcome }

/**
 * Finds the customer of a call: by its known id or from memory without a request, else by look-up in the order of
 * `find`. A customer of another user whom only the anonymous id finds is nobody. With `isFresh` neither known id nor
 * memory nor earlier look-ups in vain count.
 */
export async function findCustomer(
  call: UpsertCustomer,
  isFresh: boolean,
  ports: DeliveryPorts,
): Promise<Search> {
  if (call.knownId && !isFresh) {
    const known = call.find.map(key => remembered(key, ports)).find(person => person?.id === call.knownId)
    return { kind: 'found', id: call.knownId, by: 'knownId', addresses: known?.addresses ?? new Set() }
  }
  for (const key of call.find) {
    const isOwn = key.role !== 'anonymous' || call.externalIdFrom === 'anonymousId'
    const mayRemember = isOwn && !isFresh
    const known = mayRemember ? (remembered(key, ports) ?? rememberedBy(key, call, ports)) : undefined
    if (known) return { kind: 'found', by: 'memory', key, ...known }
    if (!isFresh && ports.notFound.has(key)) continue
    const search = await lookUp(key, ports)
    if (search.kind === 'nobody') ports.notFound.add(key)
    else if (isOwn || search.kind === 'stopped' || !isSomebodyElses(search.attributes, key, call))
      return search
  }
  return { kind: 'nobody' }
}

/** Reads a customer by id: what an update needs to know before it may write a list. 404 is `nobody`. */
export async function readCustomer(found: Found, ports: DeliveryPorts): Promise<Search> {
  const search = await ask(ports.endpoints.readCustomer(found.id), undefined, ports)
  return search.kind === 'found' ? { ...found, attributes: search.attributes } : search
}

/** The customer in an answer's `data`: undefined unless its id can stand in a path. Attributes that are none are left out. */
export function customerIn(body: unknown): { id: string; attributes?: Attributes } | undefined {
  const data = (body as { data?: { id?: unknown; attributes?: unknown } } | undefined)?.data
  const { id, attributes } = data ?? {}
  if (typeof id !== 'string' || !customerIdPattern.test(id)) return undefined
  const isObject = typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes)
  return { id, ...(isObject && { attributes: attributes as Attributes }) }
}

function remembered(key: CustomerKey, { personRecords }: DeliveryPorts) {
  return key.role === 'email' ? undefined : personRecords.get(key.value)
}

/** Whom memory has under the call's external id, if that person is known to have this e-mail. */
function rememberedBy(
  { role, value }: CustomerKey,
  { customer }: UpsertCustomer,
  { personRecords }: DeliveryPorts,
) {
  const person = role === 'email' && customer.externalId ? personRecords.get(customer.externalId) : undefined
  return person?.addresses.has(addressKey('email', value)) ? person : undefined
}

/**
 * Whether a customer found by the anonymous id of a user belongs to another user: a device keeps its anonymous id when
 * the next person logs in, and the first one's history must not become theirs.
 */
function isSomebodyElses(
  { externalId }: Attributes,
  key: CustomerKey,
  { customer }: UpsertCustomer,
): boolean {
  const isNamed = typeof externalId === 'string' && externalId !== ''
  return isNamed && externalId !== key.value && externalId !== customer.externalId
}

async function lookUp(key: CustomerKey, ports: DeliveryPorts) {
  const search = await ask(ports.endpoints.findCustomer(key), key, ports)
  if (search.kind === 'found' && key.role !== 'email')
    ports.personRecords.learn(key.value, search.id, addressesOf(search.attributes))
  return search
}

type Asked = (Found & { attributes: Attributes }) | Exclude<Search, Found>

async function ask(endpoint: Endpoint, key: CustomerKey | undefined, ports: DeliveryPorts): Promise<Asked> {
  const answer = await ports.request(endpoint)
  if (answer.kind === 'answer' && answer.status === 404) return { kind: 'nobody' }
  const customer = customerIn(successOf(answer)?.body)
  // Without attributes nobody knows what the customer has: a list written over them would lose what agents added.
  if (!customer?.attributes)
    return { kind: 'stopped', outcome: classifyAnswer(answer, endpoint.kind, ports.clock.now()) }
  const { id, attributes } = customer
  return {
    kind: 'found',
    by: key?.role ?? 'knownId',
    ...(key && { key }),
    addresses: new Set(),
    id,
    attributes,
  }
}
