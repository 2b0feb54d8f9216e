import type { Call, Issue, Settings } from '../../../lib/index.ts'
import type { Person } from '../../../lib/people/person.ts'
import type { StoredCustomer } from '../../kustomer-stand-in/types.ts'
import type { CountName } from '../../local-relay/counts.ts'
import type { EventTrace } from '../../local-relay/ledger.ts'
import type { Sample } from '../../samples/samples.ts'

/** What the page requests once. It does not change while the relay runs. */
export interface Setup {
  version: string
  samples: Sample[]
  /** The relay's settings, and the defaults. */
  settings: Settings
  defaults: Settings
  /** The rate limit of the organisation, and the share of it that the relay may use. */
  requestsPerMinute: number
  share: number
  /** Empty if no stand-in runs. */
  faults: { name: string; label: string; what: string }[]
}

/** What the current code does with an event. `requests` are the requests that delivery may send, in order. */
export type Preview =
  | { kind: 'call'; requests: { method: string; url: string; when?: string }[]; body: unknown; call: Call }
  | { kind: 'skip'; why: string; call: Call }
  | { kind: 'error'; code: string; message: string; issues: Issue[] }
  | { kind: 'settings'; issues: Issue[] }

/**
 * Five seconds of the relay's work. `at` is their end (epoch ms). `ageSeconds` is the mean age of the delivered events;
 * missing if none was delivered.
 */
export interface Point {
  at: number
  received: number
  delivered: number
  calls: number
  ageSeconds?: number
}

/** The current numbers. */
export interface Now {
  counts: Record<CountName, number>
  status: { waiting: number; inFlight: number; deadLetters: number }
}

/** The first message of the live feed. After it come `now`, `traces` (only changed ones) and `point`. */
export interface Start extends Now {
  traces: EventTrace[]
  points: Point[]
}

/** The customers of the stand-in and its latest requests. */
export interface KustomerState {
  isKeyRight: boolean
  customers: StoredCustomer[]
  requests: { at: number; method: string; path: string; status: number; applied: boolean }[]
}

/** What the relay remembers about one person. */
export interface PersonState {
  /** The person's message group. */
  group: string
  /** Missing if the relay remembers nothing, or if the record has expired. */
  record?: PersonRecord
}

/**
 * A person record. The hashes of addresses are counted and not shown. `delivered` is newest first. The ids in it and the
 * fingerprint are hashes; `waiting` names SQS's message id, as the attempts of a trace do. Times are epoch ms.
 */
export interface PersonRecord extends Omit<Person, 'addresses' | 'refused'> {
  /** How many addresses were seen on the customer. */
  addresses: number
  /** How many addresses were left out because another customer has them. */
  refused: number
  /** Increases by one with every write. */
  version: number
  expiresAtMs?: number
}

/** The result of a replay, by the ids of the dead letters. */
export interface Replayed {
  replayed: string[]
  notReplayed: { id: string; why: string }[]
  notDeleted: { id: string; why: string }[]
}
