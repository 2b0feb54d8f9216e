import { type Call, InvalidEventError, type Settings, transform } from '../../lib/index.ts'
import { openEnvelope } from '../../lib/queue/envelope.ts'
import type { DeadLetterMessage } from './dead-letter-message.ts'

/** A dead letter without its event: nothing in it is personal. Times are ISO 8601. */
export interface Summary extends Omit<DeadLetterMessage, 'body' | 'failedAtMs' | 'sentAtMs' | 'sequence'> {
  failedAt: string
  ageSeconds: number
}

/** A dead letter with its event, and the call that today's code would make of it or the reason why there is none. */
export interface Description {
  deadLetter: Summary
  receivedAt?: string
  /** Absent where the body is none of ours: then it is shown as it is. */
  event?: unknown
  body?: string
  call?: Call
  problem?: string
}

/** What a list shows of a dead letter. */
export function summaryOf(deadLetter: DeadLetterMessage, nowMs: number): Summary {
  const { body: _, failedAtMs, sentAtMs, sequence, ...rest } = deadLetter
  const ageSeconds = Math.max(0, Math.round((nowMs - failedAtMs) / 1000))
  return { ...rest, failedAt: new Date(failedAtMs).toISOString(), ageSeconds }
}

/**
 * Everything about a dead letter, for the person who asks for it: the event is in it. Never throws.
 * `settings` are the mapping settings of the relay that would deliver it.
 */
export function describeDeadLetter(
  deadLetter: DeadLetterMessage,
  settings: Partial<Settings>,
  nowMs: number,
): Description {
  const summary = summaryOf(deadLetter, nowMs)
  const opened = openEnvelope(deadLetter.body)
  if (opened.kind !== 'envelope')
    return { deadLetter: summary, body: deadLetter.body, problem: problems[opened.kind] }
  const { event, receivedAt } = opened.envelope
  const common = { deadLetter: summary, event, receivedAt }
  try {
    return { ...common, call: transform(event, settings) }
  } catch (error) {
    const isExpected = error instanceof InvalidEventError
    return { ...common, problem: isExpected ? error.message : `A bug of the transformation: ${error}` }
  }
}

const problems = {
  unknownVersion: 'The body is of a newer release than this tool.',
  unreadable: 'The body is not one of the relay.',
}

/** Seconds as a person says them: `40 s`, `12 min`, `5 h`, `3 d`. */
export function ageOf(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3_600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}
