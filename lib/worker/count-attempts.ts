import type { Outcome } from '../delivery/outcome.ts'
import type { Person } from '../people/person.ts'

/** The failed attempts at one message, including the last one. A receive without an attempt is not counted. */
export interface Attempts {
  conflicts: number
  unavailable: number
  failed: number
  /** Failed attempts of every kind. */
  total: number
  /** Seconds since the first failed attempt. */
  sinceFirstSeconds: number
}

const counted: readonly Outcome['kind'][] = ['conflict', 'unavailable', 'unauthorized', 'failed']

/**
 * Counts an attempt at a message in the person's record, where all containers see it, and returns the counts. Only an
 * outcome that is a failed attempt is counted. Changes `person`. `nowMs` is epoch milliseconds.
 */
export function countAttempt(person: Person, messageId: string, { kind }: Outcome, nowMs: number): Attempts {
  const before = person.waiting?.messageId === messageId ? person.waiting : undefined
  if (counted.includes(kind)) {
    const counts = { ...before?.counts, [kind]: (before?.counts[kind] ?? 0) + 1 }
    person.waiting = { messageId, firstAttemptMs: before?.firstAttemptMs ?? nowMs, counts }
  }
  const { counts = {}, firstAttemptMs = nowMs } =
    person.waiting?.messageId === messageId ? person.waiting : {}
  return {
    conflicts: counts.conflict ?? 0,
    unavailable: counts.unavailable ?? 0,
    failed: counts.failed ?? 0,
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    sinceFirstSeconds: Math.max(0, (nowMs - firstAttemptMs) / 1000),
  }
}
