import { channel } from 'node:diagnostics_channel'
import type { Outcome } from '../delivery/outcome.ts'
import type { CallReport } from '../kustomer/client.ts'
import { metrics as names } from '../policy.ts'
import { labelText } from '../queue/event-label.ts'
import { replaysIn } from '../queue/replays.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { MetricsPort } from '../runtime/metrics.ts'
import { isUsual, statusClass } from './call-status.ts'
import type { Decision } from './decide.ts'
import type { ParsedRecord } from './parse-record.ts'

/** Writes logs and metrics. They never hold a body, an address, a key or the name of a person. Never throws. */
export interface Reporter {
  /** Logs a request that failed. The others are only counted: the line of the decision says how many there were. */
  call(call: CallReport, parsed: ParsedRecord): void
  decision(parsed: ParsedRecord, outcome: Outcome, decision: Decision, attempts: number): void
  /** Logs an error of the relay or of AWS that decides nothing about an event. */
  fault(message: string, error?: unknown): void
}

const calls = channel('kustomer-relay:call')
const decisions = channel('kustomer-relay:decision')

const levels = { done: 'info', retry: 'warn', deadLetter: 'warn' } as const
const countedAs = { retry: names.retried, deadLetter: names.deadLettered } as const

/**
 * Creates a reporter that writes to a log and to metrics. It also publishes to two diagnostics channels, for tools in
 * the same process: `kustomer-relay:call` (calls with their full paths and bodies) and `kustomer-relay:decision`.
 */
export function createReporter(log: Log, metrics: MetricsPort, clock: Pick<Clock, 'now'>): Reporter {
  const made = new WeakMap<ParsedRecord, { calls: number; callMs: number }>()
  return {
    call(call, parsed) {
      metrics.addWith({ kind: call.kind, status: statusClass(call.status) }, names.calls, 1)
      calls.publish({ ...call, event: labelText(parsed), messageId: parsed.record.messageId })
      const { method, template, status, ms, error } = call
      const { eventId } = parsed
      const { calls: before, callMs } = made.get(parsed) ?? { calls: 0, callMs: 0 }
      made.set(parsed, { calls: before + 1, callMs: callMs + ms })
      if (isUsual(call)) return
      log.info('call', { eventId, method, path: template, status, ms, ...(error && { error }) })
    },
    decision(parsed, outcome, decision, attempts) {
      const { eventId, type, receivedAtMs } = parsed
      const ageSeconds = Math.max(0, (clock.now() - receivedAtMs) / 1000)
      const fields = {
        ...decisionFields(parsed, outcome, decision, attempts, ageSeconds),
        ...made.get(parsed),
      }
      const why = 'why' in outcome ? outcome.why : undefined
      const notes = outcome.kind === 'delivered' && outcome.notes?.length ? outcome.notes : undefined
      const { messageId, ...line } = fields
      // SQS's id tells the receives of one message apart.
      const ids = decision.kind === 'done' ? {} : { messageId }
      log[outcome.kind === 'failed' ? 'error' : levels[decision.kind]]('decision', {
        ...ids,
        ...line,
        why,
        notes,
      })
      decisions.publish({ ...fields, attempts, why, event: labelText(parsed) })
      metrics.add(decision.kind === 'done' ? doneAs(outcome) : countedAs[decision.kind], 1)
      if (outcome.kind === 'delivered') metrics.add(names.ageAtDelivery, ageSeconds, 'Seconds')
      if (decision.kind === 'retry') metrics.add(names.ageAtRetry, ageSeconds, 'Seconds')
      if (notes) metrics.add(names.identityConflicts, 1)
      if ('spared' in outcome && outcome.spared) metrics.add(names[outcome.spared], 1)
      countFailures(metrics, outcome, type)
      if (isPossibleDuplicate(outcome, type)) log.warn('possible-duplicate', { eventId, type, why })
    },
    fault(message, error) {
      log.error(message, { ...(error instanceof Error && { fault: error.name }) })
    },
  }
}

function decisionFields(
  { record, eventId, type }: ParsedRecord,
  outcome: Outcome,
  decision: Decision,
  attempts: number,
  ageSeconds: number,
) {
  const replays = replaysIn(record.messageAttributes)
  return {
    messageId: record.messageId,
    eventId,
    type,
    person: record.attributes.MessageGroupId,
    outcome: outcome.kind,
    decision: decision.kind,
    ...('code' in outcome && { code: outcome.code }),
    ...(decision.kind === 'deadLetter' && { code: decision.code }),
    ...('status' in outcome && { status: outcome.status }),
    ...(decision.kind === 'retry' && { inSeconds: decision.inSeconds }),
    ...(attempts > 0 && { attempts }),
    ...(replays > 0 && { replays }),
    ageSeconds: Math.round(ageSeconds * 1000) / 1000,
  }
}

function countFailures(metrics: MetricsPort, outcome: Outcome, type: string | undefined) {
  if (isCounted(outcome.kind)) metrics.add(names[outcome.kind], 1)
  if (outcome.kind === 'delivered') metrics.add(names.unavailable, 0)
  if (isPossibleDuplicate(outcome, type)) metrics.add(names.possibleDuplicate, 1)
}

const failures = ['unauthorized', 'throttled', 'unavailable', 'failed'] as const

/** Whether an outcome is counted under its own name, besides the decision about it. */
function isCounted(kind: Outcome['kind']): kind is (typeof failures)[number] {
  return failures.some(failure => failure === kind)
}

/**
 * Whether Kustomer may store the event twice: a tracking event whose response was lost is sent again, and Kustomer has
 * no idempotency key.
 */
function isPossibleDuplicate(outcome: Outcome, type: string | undefined): boolean {
  return outcome.kind === 'unavailable' && outcome.mayBeStored && type !== 'identify'
}

function doneAs(outcome: Outcome): string {
  return outcome.kind === 'skipped' ? names.skipped : names.delivered
}
