import type { EventTrace } from '../../local-relay/event-trace.ts'
import type { EventRow } from './shapes.ts'

/** Returns the row of a trace. `userId` is the external id of its person, where it is known. */
export function eventRow(trace: EventTrace, userId?: string): EventRow {
  const { key, eventId, event, person, state, acceptedAt, refusals, attempts, calls, reason } = trace
  const last = attempts.at(-1)
  return {
    ...{ key, eventId, event, state },
    ...(person !== undefined && { person }),
    ...(userId !== undefined && { userId }),
    at:
      acceptedAt ??
      refusals?.at(-1)?.at ??
      (attempts[0] ? attempts[0].at - attempts[0].ageSeconds * 1000 : 0),
    attempts: attempts.length,
    // A log does not name every call, but each of its decisions counts them.
    calls: Math.max(
      calls.length,
      attempts.reduce((sum, { calls = 0 }) => sum + calls, 0),
    ),
    ...(last && { ageSeconds: last.ageSeconds }),
    ...(last?.inSeconds !== undefined && { inSeconds: last.inSeconds }),
    ...(last?.status !== undefined && { status: last.status }),
    ...(reason !== undefined && { reason }),
  }
}
