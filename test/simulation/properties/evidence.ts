import type { CustomerChange, KustomerCall } from '../../../tools/simulation/kustomer-log.ts'
import { createLedger, type Ledger } from '../../../tools/simulation/ledger.ts'
import type { PlannedEvent } from '../../../tools/simulation/planned-event.ts'
import type { Evidence } from '../../../tools/simulation/properties/evidence.ts'
import { withChanges } from '../../../tools/simulation/scenario.ts'
import { calm } from '../../../tools/simulation/scenario-base.ts'
import { simulationStartMs as start } from '../../../tools/simulation/virtual-clock.ts'
import { plannedTrack } from '../planned.ts'

/** Evidence made by hand: these events were posted and taken half a second after they came, and no more happened. */
export function evidenceOfEvents(events: PlannedEvent[], more: Partial<Evidence> = {}): Evidence {
  const ledger: Ledger = createLedger(events)
  for (const { mark, at } of events) {
    ledger.posted(mark, at)
    ledger.accepted(mark, at + 500)
  }
  return {
    ...{ scenario: withChanges(calm, {}), startMs: start, endMs: start + 86_400_000, ledger },
    ...{ calls: [], changes: [], deaths: [], freezes: [], tableFailures: [], texts: () => [] },
    design: { recordSaveMs: 2_000, isLimiterShared: true },
    ...more,
  }
}

/** A request that was carried out 50 ms after `seconds` and answered with success 50 ms later. */
export function call(marks: string, seconds: number, more: Partial<KustomerCall> = {}): KustomerCall {
  const sentAt = start + seconds * 1_000
  return {
    ...{
      container: 'worker-1',
      invocation: Math.floor(seconds),
      kind: 'record',
      path: '/v1/tracking/identityEvent',
    },
    ...{ marks: marks.split(' ').filter(Boolean), externalIds: ['u1'], sentAt, timeoutMs: 15_000 },
    ...{ arrivedAt: sentAt + 50, isApplied: true, repliedAt: sentAt + 100, status: 201, isSuccess: true },
    ...{ neededMs: 100, ...more },
  }
}

/** A request that failed with this status; 0: no answer ever came. */
export function failed(marks: string, seconds: number, status: number, more: Partial<KustomerCall> = {}) {
  const neededMs = status === 0 ? Number.POSITIVE_INFINITY : 100
  return call(marks, seconds, { status, isApplied: false, isSuccess: false, neededMs, ...more })
}

/** The n-th planned event as an identify of a user, n minutes after the start. */
export function plannedIdentify(n: number, content: object, more: Partial<PlannedEvent> = {}): PlannedEvent {
  const at = start + n * 60_000
  return plannedTrack(n, { at, occurredAt: at, identify: { emails: [], ...content }, ...more })
}

/** A change of a customer by the relay's request, and the request; by an agent where there is none. */
export function change(made: KustomerCall | undefined, more: Partial<CustomerChange>): CustomerChange {
  const at = made?.arrivedAt ?? start
  return {
    ...{ at, by: made ? 'relay' : 'agent', kind: 'update', customerId: 'c1' },
    ...{ before: undefined, after: undefined, body: {}, ...(made && { call: made }), ...more },
  }
}
