import { Duration } from 'aws-cdk-lib'
import { Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { alarms } from '../../lib/policy.ts'
import type { AlarmRow, Watched } from './alarm-row.ts'
import { relayMetrics } from './relay-metrics.ts'

const minute = { period: Duration.minutes(1) }
const fiveMinutes = { period: Duration.minutes(5) }

/** The alarms of the webhook: requests that are refused, errors, slow responses, and, where it is on, silence. */
export function ingestAlarms(watched: Watched): AlarmRow[] {
  const { api, namespace } = watched
  const { ingest } = relayMetrics(namespace)
  return [
    {
      id: 'Refused',
      name: 'refused',
      metric: ingest('refused', Stats.SUM),
      threshold: 1,
      isLoss: true,
      todo: 'RudderStack sent an invalid event and has dropped it: read its code in the log of ingest, then correct the source or its transformation.',
    },
    {
      id: 'Unauthenticated',
      name: 'unauthenticated',
      metric: ingest('unauthenticated', Stats.SUM),
      threshold: 1,
      isLoss: true,
      todo: "Somebody called without the right secret; if it was RudderStack, its events are being dropped: compare the destination's header with the webhook secret now.",
    },
    apiRefusals(watched),
    {
      id: 'ApiFaults',
      name: 'api-faults',
      metric: api.metricServerError({ ...minute, statistic: Stats.SUM }),
      threshold: 1,
      periods: alarms.apiFaultMinutes.watched,
      breaches: alarms.apiFaultMinutes.bad,
      todo: 'The webhook answers 5xx; RudderStack retries for three hours: read the log of ingest, then check the queue and the webhook secret.',
    },
    {
      id: 'SlowAnswers',
      name: 'slow-answers',
      metric: api.metricLatency({ ...fiveMinutes, statistic: Stats.p(99) }),
      threshold: alarms.slowAnswerMs,
      is: 'above',
      // A single cold start in a quiet period must not raise an alarm.
      ...{ periods: 3, breaches: 2 },
      todo: `One response in a hundred takes more than ${alarms.slowAnswerMs / 1_000} s and RudderStack gives up at 10 s: check the durations of ingest and the health of SQS, then give ingest more memory.`,
    },
    ...silence(watched),
  ]
}

/** The 4xx that API Gateway itself gave. The function counts its own. */
function apiRefusals({ namespace }: Watched): AlarmRow {
  return {
    id: 'ApiRefusals',
    name: 'api-4xx',
    metric: relayMetrics(namespace, fiveMinutes.period).apiRefusals,
    threshold: 1,
    periods: alarms.apiRefusalPeriods.watched,
    breaches: alarms.apiRefusalPeriods.bad,
    isLoss: true,
    todo: "API Gateway refuses requests before they reach the relay, and RudderStack drops them: compare the destination's URL and method with the output WebhookUrl.",
  }
}

/** The alarm about silence, only for a stage that sets its hours. */
function silence({ namespace, config }: Watched): AlarmRow[] {
  const hours = config.silenceAlarmHours
  if (hours === 0) return []
  return [
    {
      id: 'NothingReceived',
      name: 'nothing-received',
      metric: relayMetrics(namespace, Duration.hours(1)).ingest('received', Stats.SUM),
      threshold: 1,
      is: 'below',
      periods: hours,
      breaches: hours,
      todo: `No event arrived for ${hours} h: check in RudderStack whether the sources and the webhook destination are connected and enabled.`,
    },
  ]
}
