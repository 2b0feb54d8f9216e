import { Duration } from 'aws-cdk-lib'
import { Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { alarms } from '../../lib/policy.ts'
import type { AlarmRow, Watched } from './alarm-row.ts'
import { relayMetrics } from './relay-metrics.ts'

const period = Duration.minutes(5)
const oldestMinutes = alarms.oldestMessageSeconds / 60

/** The alarms of the queues and of delivery to Kustomer. */
export function deliveryAlarms({ queues, namespace }: Watched): AlarmRow[] {
  const own = relayMetrics(namespace).worker
  return [
    {
      id: 'DeadLetters',
      name: 'dead-letters',
      metric: queues.deadLetters.metricApproximateNumberOfMessagesVisible({
        statistic: Stats.MAXIMUM,
        period,
      }),
      threshold: 1,
      todo: 'Events could not be delivered: list them with their reasons with npm run dlq, remove the cause, then replay them; SQS deletes them after 14 days.',
      anchor: 'dead-letters',
    },
    {
      id: 'OldestEvent',
      name: 'oldest-event',
      metric: queues.queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period }),
      threshold: alarms.oldestMessageSeconds,
      isAbove: true,
      todo: `An event waits for more than ${oldestMinutes} min: check whether Kustomer answers, and whether the relay's share of the rate limit is used up; nothing is lost yet.`,
      anchor: 'alarms',
    },
    {
      id: 'KustomerUnauthorized',
      name: 'kustomer-unauthorized',
      metric: own('unauthorized', Stats.SUM),
      threshold: 1,
      todo: 'Kustomer refuses the API key or its roles, or the host is wrong: run npm run doctor, then correct the key or the host; events wait meanwhile.',
      anchor: 'secrets',
    },
  ]
}
