import type { AlarmRow, Watched } from './alarm-row.ts'
import { deliveryAlarms } from './delivery-alarms.ts'
import { ingestAlarms } from './ingest-alarms.ts'
import { queueAlarms } from './queue-alarms.ts'
import { workerAlarms } from './worker-alarms.ts'

/** All alarms of the relay, one row each. Each says what to do, since it may be read at night. */
export function alarmRows(watched: Watched): AlarmRow[] {
  return [
    ...ingestAlarms(watched),
    ...queueAlarms(watched),
    ...deliveryAlarms(watched),
    ...workerAlarms(watched),
  ]
}
