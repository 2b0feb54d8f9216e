import { Duration } from 'aws-cdk-lib'
import { Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { alarms } from '../../lib/policy.ts'
import type { AlarmRow, Watched } from './alarm-row.ts'
import { relayMetrics } from './relay-metrics.ts'

const fiveMinutes = { period: Duration.minutes(5) }
const oldestMinutes = alarms.oldestEventSeconds / 60
/** Retries come every 15 min at the latest, so what they say counts for 20. */
const betweenRetries = { periods: alarms.retryPeriods, breaches: 1 }

/** The alarms of delivery to Kustomer: old events, refusals of the key, outages, and exceptions in our own code. */
export function deliveryAlarms({ namespace, config }: Watched): AlarmRow[] {
  const own = relayMetrics(namespace, fiveMinutes.period).worker
  const givingUpHours = (config.giveUpAfterHours * alarms.nearGivingUpThirds) / 3
  return [
    {
      id: 'OldestEvent',
      name: 'oldest-event',
      metric: own('ageAtRetry', Stats.MAXIMUM),
      threshold: alarms.oldestEventSeconds,
      is: 'above',
      ...betweenRetries,
      todo: `An event waits for more than ${oldestMinutes} min: check whether Kustomer answers, and whether the relay's share of the rate limit is used up; nothing is lost yet.`,
    },
    {
      id: 'NearGivingUp',
      name: 'near-giving-up',
      metric: own('ageAtRetry', Stats.MAXIMUM),
      threshold: givingUpHours * 3_600,
      is: 'above',
      ...betweenRetries,
      todo: `An event waits for more than ${Math.round(givingUpHours)} h and becomes a dead letter after ${config.giveUpAfterHours} h of failed attempts: remove the cause, or raise giveUpAfterHours.`,
    },
    {
      id: 'KustomerUnauthorized',
      name: 'kustomer-unauthorized',
      metric: own('unauthorized', Stats.SUM),
      threshold: 1,
      periods: alarms.unauthorizedPeriods.watched,
      breaches: alarms.unauthorizedPeriods.bad,
      todo: 'Kustomer refuses the API key or its roles, or the host is wrong: run npm run doctor, then correct the key or the host; events wait meanwhile.',
    },
    {
      id: 'KustomerUnavailable',
      name: 'kustomer-unavailable',
      metric: own('unavailable', Stats.AVERAGE),
      threshold: alarms.unavailableShare,
      is: 'above',
      periods: alarms.unavailablePeriods.watched,
      breaches: alarms.unavailablePeriods.bad,
      todo: 'Most requests to Kustomer fail: look at its status page; events wait and are sent when it answers again.',
    },
    {
      id: 'EventsFailed',
      name: 'events-failed',
      metric: own('failed', Stats.SUM),
      threshold: 1,
      ...betweenRetries,
      todo: "The relay's own code throws, most often after a release: roll back now; the events wait for an hour at least before they become dead letters.",
    },
  ]
}
