import type { Customer, Meta } from './kustomer/types.ts'

/** One call of Kustomer, described as data: what to write, not yet whether that is a POST or a PUT. */
export type Call = UpsertCustomer | RecordEvent | Skip

/** A look-up key, in the order in which delivery asks. */
export interface CustomerKey {
  by: 'externalId' | 'email'
  value: string
}

/** Something that the transformation did beyond renaming. `path` is that of the source, dotted; it never holds a value. */
export interface Note {
  path: string
  did: 'renamed' | 'converted' | 'left out'
  why: string
}

/** Create or update a customer. With `knownId` delivery updates that one and uses `find` only if it is gone. */
export interface UpsertCustomer {
  kind: 'upsertCustomer'
  knownId?: string
  find: CustomerKey[]
  customer: Customer
  /** An `anonymousId` never replaces an external id that the customer already has. */
  externalIdFrom: 'userId' | 'anonymousId'
  notes: Note[]
}

/** Record an event on a customer's timeline; Kustomer finds or creates the customer itself. */
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
