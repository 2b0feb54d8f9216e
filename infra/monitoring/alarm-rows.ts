import { Duration } from 'aws-cdk-lib'
import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { alarms } from '../../lib/policy.ts'
import type { EventQueue } from '../event-queue.ts'
import { relayMetrics } from './relay-metrics.ts'

/** The parts of the stack that alarms and dashboard look at. */
export interface Watched {
  namespace: string
  api: HttpStage
  queues: EventQueue
  people: ITable
  ingest: IFunction
  worker: IFunction
}

/** One alarm: what is measured, from which value on (or above it), what the reader must do, and where that is told. */
export interface AlarmRow {
  id: string
  name: string
  metric: IMetric
  threshold: number
  isAbove?: boolean
  /** Periods that are looked at, and how many of them must be bad; 1 of 1 where absent. */
  periods?: number
  breaches?: number
  todo: string
  anchor: string
}

const period = Duration.minutes(5)
const oldestMinutes = alarms.oldestMessageSeconds / 60

/** Every alarm of the relay, a row each. Each tells its reader what to do, for it is read at night. */
export function alarmRows(watched: Watched): AlarmRow[] {
  return [...doorRows(watched), ...deliveryRows(watched)]
}

function doorRows({ api, namespace }: Watched): AlarmRow[] {
  const { ingest } = relayMetrics(namespace)
  return [
    {
      id: 'Refused',
      name: 'refused',
      metric: ingest('refused', Stats.SUM),
      threshold: 1,
      todo: 'RudderStack sent something that is no event and has dropped it: read the reason in the log of ingest and mend the source or its transformation.',
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
      todo: 'The webhook answered 5xx; RudderStack tries again for three hours: read the log of ingest and look at the queue and the webhook secret.',
      anchor: 'alarms',
    },
    {
      id: 'SlowAnswers',
      name: 'slow-answers',
      metric: api.metricLatency({ statistic: Stats.p(99), period }),
      threshold: alarms.slowAnswerMs,
      isAbove: true,
      // A single cold start in a quiet period is no fault.
      periods: 3,
      breaches: 2,
      todo: `One answer in a hundred takes more than ${alarms.slowAnswerMs / 1_000} s and RudderStack gives up at 10 s: look at the durations of ingest and at SQS's health, then give ingest more memory.`,
      anchor: 'alarms',
    },
  ]
}

function deliveryRows({ queues, worker, namespace }: Watched): AlarmRow[] {
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
      todo: 'Events could not be delivered: list them with their reasons by npm run dlq, mend the cause, then replay them; SQS forgets them after 14 days.',
      anchor: 'dead-letters',
    },
    {
      id: 'OldestEvent',
      name: 'oldest-event',
      metric: queues.queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period }),
      threshold: alarms.oldestMessageSeconds,
      isAbove: true,
      todo: `An event waits for more than ${oldestMinutes} min: look whether Kustomer answers, and whether the share of its rate limit is used up; nothing is lost yet.`,
      anchor: 'alarms',
    },
    {
      id: 'KustomerUnauthorized',
      name: 'kustomer-unauthorized',
      metric: own('unauthorized', Stats.SUM),
      threshold: 1,
      todo: 'Kustomer refuses our key, its roles or the host: run npm run doctor and put a good key into the secret; events wait meanwhile.',
      anchor: 'secrets',
    },
    {
      id: 'PersonRecords',
      name: 'person-records',
      metric: own('personRecordsUnavailable', Stats.SUM),
      threshold: 1,
      // One read that is late is no fault.
      periods: alarms.personRecordMinutes.watched,
      breaches: alarms.personRecordMinutes.bad,
      todo: "The table of the person records does not answer: look at its throttles and at DynamoDB's health; events are delivered meanwhile, with more look-ups and without knowing re-sends.",
      anchor: 'alarms',
    },
    {
      id: 'WorkerErrors',
      name: 'worker-errors',
      metric: worker.metricErrors({ statistic: Stats.SUM, period: Duration.minutes(1) }),
      threshold: 1,
      todo: "The worker could not start or ran out of time: read its log; most often Kustomer's key has no value yet or a setting is wrong.",
      anchor: 'alarms',
    },
    {
      id: 'WorkerThrottles',
      name: 'worker-throttles',
      metric: worker.metricThrottles({ statistic: Stats.SUM, period }),
      threshold: 1,
      todo: "Lambda refused to start the worker: raise the account's concurrency or take away a reserved one; every refusal uses up a receive.",
      anchor: 'alarms',
    },
  ]
}
