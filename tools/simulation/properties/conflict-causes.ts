import type { CustomerChange, KustomerCall } from '../kustomer-log.ts'
import type { LedgerEntry } from '../ledger.ts'
import type { Evidence } from './evidence.ts'

/** Of the decision table (docs/architecture.md). */
const conflictsNeeded = 4
/** Milliseconds before a conflict within which another writer may have caused it. */
const causeMs = 10_000

/** Why a conflict is no ground: too few of them, or none that a fault, an agent or another person had caused. */
export function tooFewConflicts(
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
  if (all < conflictsNeeded) return `${all} conflicts instead of ${conflictsNeeded}`
  return foreign < conflictsNeeded ? `only ${foreign} of ${all} conflicts were caused by somebody` : undefined
}

/** Whether a change just before a request, by an agent or for another person, explains that it met a conflict. */
function isCauseOf({ arrivedAt = 0, marks }: KustomerCall) {
  return ({ at, call }: CustomerChange) =>
    at <= arrivedAt && at > arrivedAt - causeMs && !call?.marks.some(mark => marks.includes(mark))
}

function invocationsOf(calls: KustomerCall[]): number {
  return new Set(calls.map(invocationOf)).size
}

/** Names the invocation that made a request. */
export function invocationOf({ container, invocation }: KustomerCall): string {
  return `${container} ${invocation}`
}
