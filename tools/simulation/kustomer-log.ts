import type { Attributes, RequestKind } from '../kustomer-stand-in/types.ts'
import type { FaultName } from './kustomer-faults.ts'
import type { Mark } from './marks.ts'

/** One request of the relay and what became of it. Times are epoch milliseconds of the simulation. */
export interface KustomerCall {
  /** The container that made it, and which of its invocations: 1, 2 … */
  container: string
  invocation: number
  kind: RequestKind
  /** As it was sent, with its query. */
  path: string
  /** The events whose content its body carries. */
  marks: Mark[]
  /** The ids of whom it is about: what path or body names first, then those of the customer that was found by it. */
  externalIds: string[]
  sentAt: number
  timeoutMs: number
  fault?: FaultName
  /** When the request reached Kustomer, and whether that changed a customer or stored an event. */
  arrivedAt?: number
  isApplied: boolean
  /** When the transport's promise settled, and with which status; 0: without an answer. */
  repliedAt?: number
  status?: number
  /** A 2xx in Kustomer's own form or cut off: by the decision table this is a delivery. */
  isSuccess: boolean
  /** Until when a 429 of the organisation asked for no more requests, where it said so. */
  closedUntil?: number
  /** Milliseconds after which the answer came or would have come; Infinity where there was none to come. */
  neededMs: number
}

/** What a change of a customer was. */
export type ChangeKind = 'create' | 'update' | 'record' | 'address' | 'rename' | 'merge' | 'remove' | 'move'

/** One change of one customer, by the relay or by an agent. Attributes are never changed in place. */
export interface CustomerChange {
  at: number
  by: 'relay' | 'agent'
  kind: ChangeKind
  customerId: string
  /** Undefined where the customer was not there before, or is not there afterwards. */
  before: Attributes | undefined
  after: Attributes | undefined
  /** What was asked for. */
  body: Attributes
  /** The relay's request. */
  call?: KustomerCall
}

/** Everything that happened at Kustomer, in order. */
export interface KustomerLog {
  calls: KustomerCall[]
  changes: CustomerChange[]
}
