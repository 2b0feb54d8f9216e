import type { Customer, Meta } from './kustomer/types.ts'

/** One call to Kustomer as data: what to write. Delivery decides whether that is a POST or a PUT. */
export type Call = UpsertCustomer | RecordEvent | Skip

/**
 * A key by which delivery looks for a customer. `find` lists the keys in the order in which delivery asks.
 * The roles `user` and `anonymous` hold external ids: the event's user id and its `anonymousId`.
 */
export interface CustomerKey {
  role: 'user' | 'email' | 'anonymous'
  value: string
}

/** The customer's identifier that a key's value is compared with: user and anonymous ids are external ids. */
export function identifierOf({ role }: CustomerKey): 'externalId' | 'email' {
  return role === 'email' ? 'email' : 'externalId'
}

/**
 * Something that the transformation did beyond renaming. `path` is the dotted path of the source. A note never holds a
 * value.
 */
export interface Note {
  path: string
  did: 'renamed' | 'converted' | 'left out'
  why: string
}

/** Create or update a customer. With `knownId` delivery updates that customer, and uses `find` only if it is gone. */
export interface UpsertCustomer {
  kind: 'upsertCustomer'
  knownId?: string
  find: CustomerKey[]
  customer: Customer
  /** An `anonymousId` never replaces an external id that the customer already has. */
  externalIdFrom: 'userId' | 'anonymousId'
  notes: Note[]
}

/** Record an event on a customer's timeline. Kustomer finds or creates the customer. */
export interface RecordEvent {
  kind: 'recordEvent'
  identity: { externalId: string; email?: string }
  event: { name: string; meta?: Meta; sessionId?: string; trackingId?: string }
  notes: Note[]
}

/** Nothing to send. */
export interface Skip {
  kind: 'skip'
  why: string
}
