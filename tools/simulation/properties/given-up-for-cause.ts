import type { CustomerChange, KustomerCall } from '../kustomer-log.ts'
import type { LedgerEntry } from '../ledger.ts'
import type { PlannedEvent } from '../planned-event.ts'
import type { Evidence, Property } from './evidence.ts'

/** The decision table's numbers (docs/architecture.md). */
const table = { conflicts: 4, failures: 5 }
/** Milliseconds by which containers' clocks and the relay's own may differ. */
const toleranceMs = 5_000

/** Milliseconds before a conflict within which another writer may have caused it. */
const causeMs = 10_000

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
      return calls.some(call => isRefusal(call, planned))
        ? undefined
        : 'Kustomer refused no write of it alone'
    case 'CONFLICT':
      return tooFewConflicts(calls, entry, at, evidence)
    case 'UNAVAILABLE':
    case 'UNAUTHORIZED':
      return tooEarly(calls.filter(isFailure), at, evidence.scenario.giveUpAfterSeconds)
    case 'FAILED':
      return 'our own code failed'
    default:
      return planned.expected === 'delivered' && evidence.scenario.poison === undefined
        ? 'it is a good event'
        : undefined
  }
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
 * A write of this event alone that Kustomer can never take: merged writes are done singly before anything is given up.
 * A write that only fills what is empty may carry no mark.
 */
function isRefusal({ marks, kind, status = 0 }: KustomerCall, { contentMark }: PlannedEvent): boolean {
  const isAlone = marks.length === 0 ? kind === 'update' : marks.length === 1 && marks[0] === contentMark
  return isAlone && status >= 400 && status < 500 && !retried.has(status)
}

/** A try that failed: without an answer, by Kustomer's fault, or by our set-up. */
function isFailure({ status = 0, isSuccess, kind, fault }: KustomerCall): boolean {
  const isUnreadable = kind !== 'create' && kind !== 'update' && kind !== 'record' && fault === 'oddJson'
  if ((isSuccess && !isUnreadable) || status === 429) return false
  const isLookUpInVain = status === 404 && kind !== 'create' && kind !== 'record'
  return !isLookUpInVain && (status < 400 || status >= 500 || status === 408 || setUp.has(status))
}

/** Why a conflict is no ground: too few of them, or none that a fault, an agent or another person had caused. */
function tooFewConflicts(
  own: KustomerCall[],
  { planned }: LedgerEntry,
  at: number,
  { calls, changes }: Evidence,
): string | undefined {
  const since = own[0]?.sentAt ?? at
  const isConflict = ({ marks, status }: KustomerCall) =>
    marks.includes(planned.contentMark) && (status === 409 || status === 404)
  const gone = calls.filter(
    ({ kind, status, sentAt }) => kind === 'read' && status === 404 && sentAt >= since && sentAt <= at,
  )
  const conflicts = [...own.filter(isConflict), ...gone]
  const caused = conflicts.filter(call => call.fault !== undefined || changes.some(isCauseOf(call)))
  const [all, foreign] = [invocationsOf(conflicts), invocationsOf(caused)]
  if (all < table.conflicts) return `${all} conflicts instead of ${table.conflicts}`
  return foreign < table.conflicts ? `only ${foreign} of ${all} conflicts were caused by somebody` : undefined
}

/** Whether a change just before a request, by an agent or for another person, explains that it met a conflict. */
function isCauseOf({ arrivedAt = 0, marks }: KustomerCall) {
  return ({ at, call }: CustomerChange) =>
    at <= arrivedAt && at > arrivedAt - causeMs && !call?.marks.some(mark => marks.includes(mark))
}

function invocationsOf(calls: KustomerCall[]): number {
  return new Set(calls.map(({ container, invocation }) => `${container} ${invocation}`)).size
}

function tooEarly(failures: KustomerCall[], at: number, giveUpAfterSeconds: number): string | undefined {
  const first = failures[0]?.sentAt ?? at
  const seconds = Math.round((at - first) / 1_000)
  if (failures.length < table.failures) return `${failures.length} failed tries instead of ${table.failures}`
  return at - first < giveUpAfterSeconds * 1_000 - toleranceMs
    ? `${seconds} s after its first try`
    : undefined
}
