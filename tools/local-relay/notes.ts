/** The diagnostics channels on which the functions publish what they do, for the process they run in. */
export const channels = {
  call: 'kustomer-relay:call',
  decision: 'kustomer-relay:decision',
  accepted: 'kustomer-relay:accepted',
} as const

/**
 * One request to Kustomer. `status` is undefined if there was no answer; `messageId` is that of the SQS record. `Bodies`
 * takes `sent` and `received` out, and sets `callId`.
 */
export interface CallNote {
  method: string
  url: string
  template: string
  status?: number
  ms: number
  event: string
  messageId: string
  error?: string
  sent?: unknown
  received?: unknown
  callId?: string
}

/** The decision about one SQS record in one invocation. `messageId` is the record's, `eventId` is RudderStack's. */
export interface DecisionNote {
  messageId: string
  eventId?: string
  event: string
  type?: string
  person?: string
  outcome: string
  decision: 'done' | 'retry' | 'deadLetter'
  code?: string
  why?: string
  status?: number
  inSeconds?: number
  attempts: number
  /** How often it was replayed before this attempt; missing if it was not. */
  replays?: number
  ageSeconds: number
  /** The calls of this attempt and their time together. */
  calls?: number
  callMs?: number
}

/** The result of ingest for one event. `body` is its envelope, which `Bodies` takes out. */
export interface AcceptedNote {
  eventId: string
  event: string
  type?: string
  person?: string
  /** `refused`: answered with 400, and neither queued nor dead-lettered. */
  end: 'queued' | 'ignored' | 'deadLettered' | 'refused'
  reason?: string
  body?: string | undefined
}

/** A message of a function, with the short name of its channel as `kind`. */
export type Note =
  | { kind: 'call'; message: CallNote }
  | { kind: 'decision'; message: DecisionNote }
  | { kind: 'accepted'; message: AcceptedNote }
