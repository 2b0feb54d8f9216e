import type { Call, Issue, Settings } from '../../../lib/index.ts'
import type { Exchange } from '../../local-relay/bodies.ts'
import type { CountName } from '../../local-relay/counts.ts'
import type { EventTrace } from '../../local-relay/event-trace.ts'
import type { CallFault } from '../../preview/call-faults.ts'
import type { Sample } from '../../samples/samples.ts'

/** What the page requests once. It does not change while the console runs. */
export interface Setup {
  /** The relay that the console shows: the one that `npm start` runs, or a deployed stack. */
  place: 'local' | 'stack'
  /** Its name, for people: `local relay`, or the stack's. */
  name: string
  version: string
  /** What this console may do. A stack's is read-only unless it was started with `--allow-replay`. */
  may: { send: boolean; replay: boolean; retry: boolean; applySettings: boolean }
  /** How a command names the relay: `--local`, or `--stack NAME`. */
  target: string
  /** The webhook's URL, for `curl`. */
  webhookUrl: string
  /** The period that the counters count, for people. */
  countedSince: string
  secondsPerPoint: number
  samples: Sample[]
  defaults: Settings
  /** The rate limit of the organisation, and the share of it that the relay may use. */
  requestsPerMinute: number
  share: number
  /** The limits in force, for people. */
  limits: { name: string; value: string; what: string }[]
  /** Where the relay's calls go. `isSimulated`: a stand-in of this machine is there. */
  kustomer: { url: string; isSimulated: boolean }
  /** Empty if no stand-in runs. */
  faults: { name: string; label: string; what: string }[]
}

/** One event in a list. It holds no body; what happened in detail is requested when its row is opened. */
export interface EventRow {
  key: string
  eventId: string
  event: string
  /** The message group of its person, and the person's external id where it is known. */
  person?: string
  userId?: string
  state: EventTrace['state']
  /** When it was accepted, or first seen (epoch ms). */
  at: number
  attempts: number
  calls: number
  /** Its age at the last attempt, the delay before the next one, and the status of the last answer. */
  ageSeconds?: number
  inSeconds?: number
  status?: number
  /** Why it was ignored, refused or dead-lettered. */
  reason?: string
}

/** Everything about one event. The bodies are missing where they are not kept: for a deployed stack always. */
export interface EventDetail {
  row: EventRow
  attempts: EventTrace['attempts']
  refusals?: NonNullable<EventTrace['refusals']>
  calls: (EventTrace['calls'][number] & Exchange)[]
  event?: unknown
  receivedAt?: string
  /** What the current code does with the event, under the relay's settings. */
  preview?: Preview
}

/**
 * What a search text may mean: people, by message group; events, by the keys of their rows; and rows that the page does
 * not have yet.
 */
export interface Found {
  people: string[]
  keys: string[]
  rows: EventRow[]
}

/** What the current code does with an event. `requests` are the requests that delivery may send, in order. */
export type Preview =
  | {
      kind: 'call'
      requests: { method: string; url: string; when?: string }[]
      body: unknown
      call: Call
      /** Why Kustomer would refuse the call, as far as its schemas say. */
      faults: CallFault[]
      /** Whether it would accept the call with `advancedTransform` on. */
      isHelpedByAdvanced: boolean
    }
  | { kind: 'skip'; why: string; call: Call }
  | { kind: 'error'; code: string; message: string; issues: Issue[] }
  | { kind: 'settings'; sentences: string[] }

/**
 * A period of the relay's work. `at` is its end (epoch ms). `ageSeconds` is the mean age of the delivered events;
 * missing if none was delivered.
 */
export interface Point {
  at: number
  received: number
  delivered: number
  calls: number
  ageSeconds?: number
}

/** The current numbers, and the mapping settings in force. */
export interface Now {
  counts: Record<CountName, number>
  status: { waiting: number; inFlight: number; deadLetters: number }
  settings: Settings
  /** Whether the settings were applied in the console: then they last until the relay stops. */
  isTemporary?: boolean
  /** Why some of the numbers are old or missing. */
  problem?: string
}

/**
 * The first message of the live feed. After it come `now`, `rows` (only changed ones), and
 * either single new points (`point`) or all points anew (`points`).
 */
export interface Start extends Now {
  rows: EventRow[]
  points: Point[]
}
