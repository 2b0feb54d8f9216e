import type { AlarmRow, Watched } from './alarm-row.ts'
import { deliveryAlarms } from './delivery-alarms.ts'
import { ingestAlarms } from './ingest-alarms.ts'
import { workerAlarms } from './worker-alarms.ts'

/** Every alarm of the relay, a row each. Each tells its reader what to do, for it is read at night. */
export function alarmRows(watched: Watched): AlarmRow[] {
  return [...ingestAlarms(watched), ...deliveryAlarms(watched), ...workerAlarms(watched)]
}
