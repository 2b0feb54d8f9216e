/** The diagnostics channels on which the functions tell a process that contains them what they do. */
export const channels = {
  call: 'kustomer-relay:call',
  decision: 'kustomer-relay:decision',
  accepted: 'kustomer-relay:accepted',
} as const

/** One request made of Kustomer. `status` is undefined where no answer came; `messageId` is that of the SQS record. */
export interface CallNote {
  method: string
  url: string
  template: string
  status?: number
  ms: number
  event: string
  messageId: string
  error?: string
}

/** What became of one SQS record in one invocation. `messageId` is the record's, `eventId` RudderStack's. */
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
  ageSeconds: number
}

/** What ingest did with an event. */
export interface AcceptedNote {
  eventId: string
  event: string
  type?: string
  person?: string
  end: 'queued' | 'ignored' | 'deadLettered'
  reason?: string
}

/** Anything that a function says, with the channel's short name as its kind. */
export type Note =
  | { kind: 'call'; message: CallNote }
  | { kind: 'decision'; message: DecisionNote }
  | { kind: 'accepted'; message: AcceptedNote }
