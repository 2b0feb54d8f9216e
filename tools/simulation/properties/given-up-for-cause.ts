import type { KustomerCall } from '../kustomer-log.ts'
import type { LedgerEntry } from '../ledger.ts'
import type { PlannedEvent } from '../planned-event.ts'
import { invocationOf, tooFewConflicts } from './conflict-causes.ts'
import type { Evidence, Property } from './evidence.ts'

/** The decision table's numbers (docs/architecture.md). */
const table = { failures: 5, workers: 5 }
/** Milliseconds by which containers' clocks and the relay's own may differ. */
const toleranceMs = 5_000

/** Our set-up, by its status: never a reason to reject one event. */
const setUp = new Set([401, 402, 403, 404, 405, 410, 415, 426])
const retried = new Set([...setUp, 408, 409, 429])

/** Property 1, second half: the decision table decides, and on what happened to this event. */
export const givenUpForCause: Property = {
  name: 'given up for cause',
  sentence: 'An event is dead-lettered only for what the decision table names, and only after as many tries.',
  find(evidence) {
    const letters = evidence.ledger
      .entries()
      .flatMap(entry => entry.deadLetters.map(letter => ({ entry, at: letter.at, code: letter.code })))
    return letters.flatMap(({ entry, at, code }) => {
      const why = code && groundless(entry, code, at, evidence)
      return why ? [`${entry.planned.mark} was dead-lettered as ${code}: ${why}`] : []
    })
  },
}

/** Why a dead letter has no ground; undefined where it has one, or where nothing can be said. */
function groundless(entry: LedgerEntry, code: string, at: number, evidence: Evidence): string | undefined {
  const { planned } = entry
  const since = entry.postedAt[0] ?? 0
  const calls = evidence.calls.filter(
    call => call.sentAt >= since - toleranceMs && call.sentAt <= at && isAbout(call, planned),
  )
  switch (code) {
    case 'REJECTED':
      return wasRefused(calls, planned, evidence) ? undefined : 'Kustomer refused no write of it alone'
    case 'CONFLICT':
      return tooFewConflicts(calls, entry, at, evidence)
    case 'UNAVAILABLE':
    case 'UNAUTHORIZED':
      return tooEarly(calls.filter(isFailure), at, evidence.scenario.giveUpAfterSeconds)
    case 'FAILED':
      return hadDeaths(since, at, evidence) ? undefined : 'our own code failed'
    default:
      return planned.expected === 'delivered' && evidence.scenario.poison === undefined
        ? 'it is a good event'
        : undefined
  }
}

/** Whether enough workers ended meanwhile: a message that five of them had without a decision is given up unread. */
function hadDeaths(since: number, at: number, { deaths }: Evidence): boolean {
  return deaths.filter(death => death.at >= since && death.at <= at).length >= table.workers
}

/** Whether a request is about this event's person: it carries the event, or names an id or an address of it. */
function isAbout(
  call: KustomerCall,
  { contentMark, externalId, anonymousId, identify }: PlannedEvent,
): boolean {
  if (call.marks.length > 0) return call.marks.includes(contentMark)
  const ids = [externalId, anonymousId].filter(id => id !== undefined)
  if (call.externalIds.some(id => ids.includes(id))) return true
  return (identify?.emails ?? []).some(email => call.path.includes(encodeURIComponent(email)))
}

/**
 * Whether Kustomer refused a write of this event alone: merged writes are done singly before anything is given up. A
 * write that only fills what is empty may carry no mark, and be of a customer whom only the e-mail had found.
 */
function wasRefused(own: KustomerCall[], { contentMark }: PlannedEvent, { calls }: Evidence): boolean {
  const tries = new Set(own.map(invocationOf))
  return calls
    .filter(({ status = 0 }) => status >= 400 && status < 500 && !retried.has(status))
    .some(call =>
      call.marks.length === 0
        ? call.kind === 'update' && tries.has(invocationOf(call))
        : call.marks.length === 1 && call.marks[0] === contentMark,
    )
}

/** A try that failed: without an answer, by Kustomer's fault, or by our set-up. */
function isFailure({ status = 0, isSuccess, kind, fault }: KustomerCall): boolean {
  const isUnreadable = kind !== 'create' && kind !== 'update' && kind !== 'record' && fault === 'oddJson'
  if ((isSuccess && !isUnreadable) || status === 429) return false
  const isLookUpInVain = status === 404 && kind !== 'create' && kind !== 'record'
  return !isLookUpInVain && (status < 400 || status >= 500 || status === 408 || setUp.has(status))
}

function tooEarly(failures: KustomerCall[], at: number, giveUpAfterSeconds: number): string | undefined {
  const first = failures[0]?.sentAt ?? at
  const seconds = Math.round((at - first) / 1_000)
  if (failures.length < table.failures) return `${failures.length} failed tries instead of ${table.failures}`
  return at - first < giveUpAfterSeconds * 1_000 - toleranceMs
    ? `${seconds} s after its first try`
    : undefined
}
