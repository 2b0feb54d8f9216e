import type { Json } from '../../lib/transform/kustomer/types.ts'
import type { Fault } from './faults.ts'
import type { SchemaRules } from './schemas.ts'

/** Attributes of a customer as the stand-in holds them: always whole, never changed in place. */
export type Attributes = Record<string, Json>

/** What a request can ask for; `other` is every route that the stand-in does not know. */
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

/** What a request asks for. */
export type RequestKind = (typeof requestKinds)[number]

/**
 * One request made of the stand-in, in order of arrival.
 * `status` is 0 where the connection was destroyed without an answer; `applied` says that a write was stored, answered
 * or not. `externalId` is the one that path or body names, else that of the customer whose id the path names.
 * `path` is as it came, with its query. Bodies are let go of first when memory runs short.
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

/** A tracking event that was stored: when (epoch ms), on whom, and what was sent. */
export interface StoredEvent {
  at: number
  customerId: string
  identity: Attributes
  event: Attributes
}

/** A customer as held: Kustomer's id, the attributes of an answer, the events in order of arrival. */
export interface StoredCustomer {
  id: string
  attributes: Attributes
  events: StoredEvent[]
}

/**
 * How this Kustomer behaves. Every guess about the real one is a switch here; the comment gives its default.
 * `declaredCustom` and `companyMustBeId` come from the schemas.
 */
export interface StandInOptions extends SchemaRules {
  /** 0: any free one. Always on 127.0.0.1. */
  port?: number
  /** 'local-key' */
  apiKey?: string
  /** Of the whole organisation, in any 60 s; 1,000,000: never reached. */
  requestsPerMinute?: number
  /** Updates and events of one customer, in any 60 s; 120. */
  customerWritesPerMinute?: number
  /** Answer to an identifier that another customer has; 409. */
  duplicateStatus?: 409 | 400
  /** Answer to a `rev` that is not the customer's; 409. */
  staleRevStatus?: number
  /** Roles of the key; undefined: all. */
  roles?: string[]
  /** Answer to a role that the key lacks; 403. */
  missingRoleStatus?: 401 | 403
  /** What an update does with lists; 'replaced'. */
  arraysOnUpdate?: 'replaced' | 'merged'
  /** Whether an update without `company` unlinks it; false. */
  companyUnlinkedWhenOmitted?: boolean
  /** Whether a 429 carries `retry-after`; false. */
  retryAfter?: boolean
  /** Before each answer; 0. Writes are applied before the wait. */
  latencyMs?: number
  /** Epoch ms; the clock of windows, resets and time stamps. */
  now?: () => number
}

/** A running stand-in, from within its process. */
export interface StandIn {
  /** Origin, without a trailing slash. */
  readonly url: string
  /** The key that is accepted; set it to rotate. */
  apiKey: string
  /** The last 200,000, oldest first. */
  readonly requests: RequestRecord[]
  /** In order of creation: copies that later requests do not change. */
  customers(): StoredCustomer[]
  /** In order of arrival. */
  events(): StoredEvent[]
  /** Seeds a customer; throws where Kustomer would refuse it. */
  addCustomer(attributes: object): StoredCustomer
  /** Scripts a fault; throws if it is not one. */
  fault(fault: Fault): void
  clearFaults(): void
  /** Ends what is slow right now: answers that wait for their time are given at once. */
  letGo(): void
  /** Forgets customers, events, requests, faults and limits; the key stays, and no id is given out twice. */
  reset(): void
  close(): Promise<void>
}
