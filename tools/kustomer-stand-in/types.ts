import type { Json } from '../../lib/transform/kustomer/types.ts'
import type { CustomerStorage } from './customer-storage.ts'
import type { Fault } from './faults.ts'
import type { SchemaRules } from './schemas.ts'

/** A customer's attributes in the stand-in. The object is complete and is never changed in place. */
export type Attributes = Record<string, Json>

/** The kinds of requests. `other` is every route that the stand-in does not know. */
export const requestKinds = [
  'findByExternalId',
  'findByEmail',
  'findByPhone',
  'read',
  'create',
  'update',
  'delete',
  'record',
  'currentUser',
  'other',
] as const

/** The kind of a request. */
export type RequestKind = (typeof requestKinds)[number]

/**
 * One request to the stand-in.
 * `status` is 0 if the connection was destroyed without an answer. `applied` says that a write was stored, even if it
 * got no answer. `externalId` comes from the path or the body, otherwise from the customer whose id is in the path.
 * `path` is as received, with its query. `body` is missing if it was dropped to save memory.
 */
export interface RequestRecord {
  at: number
  method: string
  path: string
  status: number
  kind: RequestKind
  applied: boolean
  body?: Json
  externalId?: string
}

/** A stored tracking event: the time (epoch ms), the customer, and the body that was sent. */
export interface StoredEvent {
  at: number
  customerId: string
  identity: Attributes
  event: Attributes
}

/** A stored customer: Kustomer's id, the attributes that answers show, and the events in order of arrival. */
export interface StoredCustomer {
  id: string
  attributes: Attributes
  events: StoredEvent[]
}

/**
 * How the stand-in behaves. Every guess about the real Kustomer is an option here; its comment states the default.
 * `declaredCustom` and `companyMustBeId` come from the schemas.
 */
export interface StandInOptions extends SchemaRules {
  /** The port on 127.0.0.1; 0, any free port. */
  port?: number
  /** The accepted key; 'local-key'. */
  apiKey?: string
  /** Requests of the whole organisation in any 60 s; 1,000,000, which is never reached. */
  requestsPerMinute?: number
  /** Updates and events of one customer, in any 60 s; 120. */
  customerWritesPerMinute?: number
  /** Answer to an identifier that another customer has; 409. */
  duplicateStatus?: 409 | 400
  /** Answer to a `rev` that is not the customer's; 409. */
  staleRevStatus?: number
  /** Roles of the key; all. */
  roles?: string[]
  /** Answer when the key does not have the needed role; 403. */
  missingRoleStatus?: 401 | 403
  /** What an update does with lists; 'replaced'. */
  arraysOnUpdate?: 'replaced' | 'merged'
  /** Whether an update without `company` unlinks it; false. */
  companyUnlinkedWhenOmitted?: boolean
  /** Whether a 429 carries `retry-after`; false. */
  retryAfter?: boolean
  /** Delay before each answer, in ms; 0. Writes are applied before the delay. */
  latencyMs?: number
  /** The clock of rate limits, resets and timestamps, in epoch ms; `Date.now`. */
  now?: () => number
  /** Keeps customers and events for the next stand-in; without it they are lost. */
  storage?: CustomerStorage | undefined
}

/** A running stand-in in the same process. */
export interface StandIn {
  /** The origin, without a trailing slash. */
  readonly url: string
  /** The key that is accepted; set it to rotate. */
  apiKey: string
  /** The last 200,000 requests, oldest first. */
  readonly requests: RequestRecord[]
  /** Returns copies in order of creation. Later requests do not change them. */
  customers(): StoredCustomer[]
  /** Returns all stored events in order of arrival. */
  events(): StoredEvent[]
  /** Adds a customer. Throws if Kustomer would refuse it. */
  addCustomer(attributes: object): StoredCustomer
  /** Adds a scripted fault. Throws if the value is not a fault. */
  fault(fault: Fault): void
  /** The faults that are still to apply, how often each, and how long a fault throttles the organisation (ms; 0: not). */
  activeFaults(): { faults: { fault: Fault; left: number }[]; throttledForMs: number }
  /** Removes all faults, and ends what a fault throttles for the whole organisation. */
  clearFaults(): void
  /** Sends all delayed answers now. */
  sendDelayed(): void
  /** Removes customers, events, requests, faults and throttles. The key stays, and no id is used twice. */
  reset(): void
  close(): Promise<void>
}
