import type { PlannedEvent } from '../../tools/simulation/planned-event.ts'
import { simulationStartMs } from '../../tools/simulation/virtual-clock.ts'

/** The n-th planned event: a track of one user, one millisecond after the one before. */
export function plannedTrack(n: number, more: Partial<PlannedEvent> = {}): PlannedEvent {
  const mark = `m${n}`
  const at = simulationStartMs + n
  return {
    ...{ mark, contentMark: mark, at, occurredAt: at, againAt: [], queueKey: ':u1', externalId: 'u1' },
    ...{ role: 'user', expected: 'delivered' },
    event: { type: 'track', messageId: `msg-${mark}`, userId: 'u1', event: 'Seen', properties: { mark } },
    ...more,
  }
}
