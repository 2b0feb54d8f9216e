import { Duration } from 'aws-cdk-lib'
import { Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { alarms } from '../../lib/policy.ts'
import type { AlarmRow, Watched } from './alarm-row.ts'
import { relayMetrics } from './relay-metrics.ts'

/** The alarms of the webhook: refused requests, errors and slow responses. */
export function ingestAlarms({ api, namespace }: Watched): AlarmRow[] {
  const { ingest } = relayMetrics(namespace)
  return [
    {
      id: 'Refused',
      name: 'refused',
      metric: ingest('refused', Stats.SUM),
      threshold: 1,
      todo: 'RudderStack sent an invalid event and has dropped it: read the reason in the log of ingest, then correct the source or its transformation.',
      anchor: 'why-was-my-event-refused',
    },
    {
      id: 'Unauthenticated',
      name: 'unauthenticated',
      metric: ingest('unauthenticated', Stats.SUM),
      threshold: 1,
      todo: "Somebody called without the right secret; if it was RudderStack, its events are being dropped: compare the destination's header with the webhook secret now.",
      anchor: 'secrets',
    },
    {
      id: 'ApiFaults',
      name: 'api-faults',
      metric: api.metricServerError({ statistic: Stats.SUM, period: Duration.minutes(1) }),
      threshold: 1,
      todo: 'The webhook answered 5xx; RudderStack retries for three hours: read the log of ingest, then check the queue and the webhook secret.',
      anchor: 'alarms',
    },
    {
      id: 'SlowAnswers',
      name: 'slow-answers',
      metric: api.metricLatency({ statistic: Stats.p(99), period: Duration.minutes(5) }),
      threshold: alarms.slowAnswerMs,
      isAbove: true,
      // A single cold start in a quiet period must not raise an alarm.
      ...{ periods: 3, breaches: 2 },
      todo: `One response in a hundred takes more than ${alarms.slowAnswerMs / 1_000} s and RudderStack gives up at 10 s: check the durations of ingest and the health of SQS, then give ingest more memory.`,
      anchor: 'alarms',
    },
  ]
}
