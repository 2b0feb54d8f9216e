import { isRefused, refuse, rememberAddresses } from '../people/addresses.ts'
import type { UpsertCustomer } from '../transform/call.ts'
import type { Customer } from '../transform/kustomer/types.ts'
import type { CustomerBody } from './customer-body.ts'
import type { Found } from './find-customer.ts'
import { type Attributes, addressesIn, addressesOf, withoutThese } from './merge-addresses.ts'
import type { DeliveryPorts } from './ports.ts'

/** Whether the same identify was delivered less than `resendUnchangedAfterMs` ago. */
export function isUnchanged(
  call: UpsertCustomer,
  { person, clock, resendUnchangedAfterMs, hash }: DeliveryPorts,
): boolean {
  const { identify, customerId } = person
  if (!identify || !customerId || call.customer.rev !== undefined) return false
  const isRecent = clock.now() - identify.deliveredAtMs < resendUnchangedAfterMs
  return isRecent && identify.fingerprint === hash(contentOf(call))
}

/** Whether the identify is older than the newest delivered one: a replay, or an event that arrived late. */
export function isOlderThanLast({ person, eventAtMs }: DeliveryPorts): boolean {
  return person.newestIdentifyMs !== undefined && eventAtMs < person.newestIdentifyMs
}

/** Whether an identify has an address that customer `id` is not known to have; then the customer must be read first. */
export function hasUnknownAddress(customer: Customer, id: string, { person, hash }: DeliveryPorts): boolean {
  const known = new Set(id === person.customerId ? person.addresses : [])
  return addressesIn(customer).some(address => !known.has(hash(address)))
}

/**
 * Returns the customer without the addresses that were recently found to belong to another customer, or to have no room
 * on the person's customer.
 */
export function withoutRefused(customer: Customer, { person, hash, clock }: DeliveryPorts): Customer {
  const own = person.customerId ?? ''
  const refused = addressesIn(customer).filter(address =>
    [address, withoutRoomOn(own, address)].some(text => isRefused(person, hash(text), clock.now())),
  )
  return refused.length > 0 ? withoutThese(customer, new Set(refused)) : customer
}

/**
 * Saves in the person's record what a delivered identify showed: Kustomer's customer id, the addresses seen on the
 * customer, and the identify's fingerprint and times. Where the identify only filled another person's customer, because
 * of its claim or its age, neither that id nor its addresses are saved.
 */
export function learnCustomer(
  call: UpsertCustomer,
  found: Found,
  body: CustomerBody,
  ports: DeliveryPorts,
): void {
  const { person, hash, clock, notFound } = ports
  for (const key of call.find) notFound.delete(key)
  const isOlder = isOlderThanLast(ports)
  if (isOwn(found, isOlder)) {
    if (person.customerId !== found.id) person.addresses = []
    person.customerId = found.id
    const seen = [...addressesOf((found.attributes ?? {}) as Attributes), ...addressesIn(body)]
    rememberAddresses(person, seen.map(hash))
  }
  if (ports.role === 'user' || person.role === undefined) person.role = ports.role
  if (isOlder) return
  learnTime(ports)
  person.identify = { fingerprint: hash(contentOf(call)), deliveredAtMs: clock.now() }
}

/** Remembers for a day that a written customer has no room for these addresses. Another customer may have room. */
export function learnWithoutRoom(
  { id }: Found,
  addresses: readonly string[],
  { person, hash, clock }: DeliveryPorts,
): void {
  for (const address of addresses) refuse(person, hash(withoutRoomOn(id, address)), clock.now())
}

function withoutRoomOn(customerId: string, address: string): string {
  return `${customerId} ${address}`
}

/** Saves the time of the newest identify, which a skipped one may be, too. */
export function learnTime({ person, eventAtMs }: DeliveryPorts): void {
  person.newestIdentifyMs = Math.max(person.newestIdentifyMs ?? 0, eventAtMs)
}

/** Whether the person stays with this customer. An older identify writes no external id, so it claims nothing. */
function isOwn({ claim, by }: Found, isOlder: boolean): boolean {
  if (claim === 'fillOnly') return by === 'anonymous' || by === 'record'
  return claim === 'update' || !isOlder
}

/** The content that two identifies are compared by: everything but the notes. */
function contentOf({ notes, ...content }: UpsertCustomer): string {
  return JSON.stringify(content)
}
