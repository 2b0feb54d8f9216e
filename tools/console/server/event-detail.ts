import type { Settings } from '../../../lib/index.ts'
import type { Memory } from '../../local-relay/memory.ts'
import { eventRow } from './event-row.ts'
import { preview } from './preview.ts'
import type { EventDetail } from './shapes.ts'

/**
 * Returns everything that a local relay remembers of one event, with its body and those of its requests. Undefined if
 * the event is unknown or no longer kept.
 */
export function eventDetail(
  { ledger, bodies, people }: Memory,
  settings: Settings,
  key: string,
): EventDetail | undefined {
  const trace = ledger.trace(key)
  if (!trace) return undefined
  const accepted = bodies.event(trace.eventId, trace.event)
  return {
    row: eventRow(trace, people.externalIdOf(trace.person)),
    attempts: trace.attempts,
    ...(trace.refusals && { refusals: trace.refusals }),
    calls: trace.calls.map(call => ({ ...call, ...bodies.exchange(call.callId) })),
    ...accepted,
    ...(accepted && { preview: preview(accepted.event, settings) }),
  }
}
