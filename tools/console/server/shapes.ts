import type { Call, Issue, Settings } from '../../../lib/index.ts'
import type { StoredCustomer } from '../../kustomer-stand-in/types.ts'
import type { CountName } from '../../local-relay/counts.ts'
import type { EventTrace } from '../../local-relay/ledger.ts'
import type { Sample } from '../../samples/samples.ts'

/** What the page asks for once: nothing of it changes while the relay runs. */
export interface Setup {
  version: string
  samples: Sample[]
  /** The relay's own, and those that hold where none is given. */
  settings: Settings
  defaults: Settings
  /** Of the organisation, and the part of it that is ours. */
  requestsPerMinute: number
  share: number
  /** Empty where no stand-in runs. */
  faults: { name: string; label: string; what: string }[]
}

/** What today's code makes of an event; `requests` are what delivery may ask of Kustomer, in order. */
export type Preview =
  | { kind: 'call'; requests: { method: string; url: string; when?: string }[]; body: unknown; call: Call }
  | { kind: 'skip'; why: string; call: Call }
  | { kind: 'error'; code: string; message: string; issues: Issue[] }
  | { kind: 'settings'; issues: Issue[] }

/** Five seconds of the relay's work; `at` is their end, epoch ms. `ageSeconds` is the mean at delivery, if any was. */
export interface Point {
  at: number
  received: number
  delivered: number
  calls: number
  ageSeconds?: number
}

/** The numbers of the moment. */
export interface Now {
  counts: Record<CountName, number>
  status: { waiting: number; inFlight: number; deadLetters: number }
}

/** The first message of the live feed; then come `now`, `traces` (those that changed) and `point`. */
export interface Start extends Now {
  traces: EventTrace[]
  points: Point[]
}

/** What the stand-in holds and was asked. */
export interface KustomerState {
  isKeyRight: boolean
  customers: StoredCustomer[]
  requests: { at: number; method: string; path: string; status: number; applied: boolean }[]
}

/** What became of dead letters that were to be replayed. */
export interface Replayed {
  replayed: string[]
  notReplayed: { id: string; why: string }[]
  notDeleted: { id: string; why: string }[]
}
