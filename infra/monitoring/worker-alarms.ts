import { Duration } from 'aws-cdk-lib'
import { Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { alarms } from '../../lib/policy.ts'
import type { AlarmRow, Watched } from './alarm-row.ts'
import { relayMetrics } from './relay-metrics.ts'

/** The alarms of the worker function and of the table that it uses. */
export function workerAlarms({ worker, namespace }: Watched): AlarmRow[] {
  const own = relayMetrics(namespace).worker
  return [
    {
      id: 'PersonRecords',
      name: 'person-records',
      metric: own('personRecordsUnavailable', Stats.SUM),
      threshold: 1,
      // A single late read must not raise an alarm.
      periods: alarms.personRecordMinutes.watched,
      breaches: alarms.personRecordMinutes.bad,
      todo: 'The table of the person records does not answer: check its throttling and the health of DynamoDB; events are delivered meanwhile, with more look-ups, and re-sends may be delivered twice.',
    },
    {
      id: 'WorkerErrors',
      name: 'worker-errors',
      metric: worker.metricErrors({ statistic: Stats.SUM, period: Duration.minutes(5) }),
      threshold: 1,
      // A single crash repairs itself: its messages are received again.
      periods: alarms.workerErrorPeriods.watched,
      breaches: alarms.workerErrorPeriods.bad,
      todo: "The worker cannot start or runs out of time: read its log; most often Kustomer's key has no value yet or a setting is wrong.",
    },
    {
      id: 'WorkerThrottles',
      name: 'worker-throttles',
      metric: worker.metricThrottles({ statistic: Stats.SUM, period: Duration.minutes(5) }),
      threshold: 1,
      todo: "Lambda refused to start the worker: raise the account's concurrency or remove a reserved one; every refusal uses up a receive.",
    },
  ]
}
