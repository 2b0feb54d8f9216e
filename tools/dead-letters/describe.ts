import { type Call, InvalidEventError, type Settings, transform } from '../../lib/index.ts'
import { tooDeep } from '../../lib/ingest/refusal.ts'
import { defaultSettings, webhook } from '../../lib/policy.ts'
import { openEnvelope } from '../../lib/queue/envelope.ts'
import { type CallFault, callFaults, isHelpedByAdvanced } from '../preview/call-faults.ts'
import { isDeeperThan } from '../preview/is-deeper-than.ts'
import type { DeadLetterMessage } from './dead-letter-message.ts'

/** A dead letter without its event. It contains no personal data. Times are ISO 8601. */
export interface Summary extends Omit<DeadLetterMessage, 'body' | 'failedAtMs' | 'sentAtMs' | 'sequence'> {
  failedAt: string
  ageSeconds: number
}

/** A dead letter with its event, and the call that the current code makes from it, or why there is no call. */
export interface Description {
  deadLetter: Summary
  receivedAt?: string
  /** Missing if the body was not written by the relay, or is nested too deeply. Then `body` has the text. */
  event?: unknown
  body?: string
  call?: Call
  /** Why Kustomer would refuse the call, as far as its schemas say. */
  faults?: CallFault[]
  /** Whether Kustomer would accept it with `advancedTransform` on. */
  isHelpedByAdvanced?: boolean
  problem?: string
}

/** Returns what a list shows of a dead letter. */
export function summaryOf(deadLetter: DeadLetterMessage, nowMs: number): Summary {
  const { body: _, failedAtMs, sentAtMs, sequence, ...rest } = deadLetter
  const ageSeconds = Math.max(0, Math.round((nowMs - failedAtMs) / 1000))
  return { ...rest, failedAt: new Date(failedAtMs).toISOString(), ageSeconds }
}

/**
 * Returns everything about a dead letter, including its event with personal data. Never throws.
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
  // Nothing that walks through an event, or writes it, takes any depth.
  if (isDeeperThan(webhook.maxDepth, event))
    return { deadLetter: summary, receivedAt, body: deadLetter.body, problem: problems.tooDeep }
  const common = { deadLetter: summary, event, receivedAt }
  try {
    const call = transform(event, settings)
    const complete = { ...defaultSettings, ...settings }
    const faults = callFaults(call, complete)
    if (faults.length === 0) return { ...common, call }
    return { ...common, call, faults, isHelpedByAdvanced: isHelpedByAdvanced(event, complete) }
  } catch (error) {
    const isExpected = error instanceof InvalidEventError
    return { ...common, problem: isExpected ? error.message : `A bug in the transformation: ${error}` }
  }
}

const problems = {
  unknownVersion: 'The body was written by a newer release than this tool.',
  unreadable: 'The body was not written by the relay.',
  tooDeep: tooDeep.message,
}

/** Formats seconds for people: `40 s`, `12 min`, `5 h`, `3 d`. */
export function ageOf(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3_600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}
