import { Duration } from 'aws-cdk-lib'
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { alarms, queue as limits } from '../../lib/policy.ts'
import type { AlarmRow, Watched } from './alarm-row.ts'
import { relayMetrics } from './relay-metrics.ts'

const fiveMinutes = { period: Duration.minutes(5) }
const idle = { period: Duration.minutes(alarms.idleMinutes) }
const maximum = { ...fiveMinutes, statistic: Stats.MAXIMUM }
const daysLeft = limits.retentionDays - alarms.oldDeadLetterDays

/** The alarms of the two queues: dead letters, new ones and old ones, a backlog, and a queue that nobody reads. */
export function queueAlarms(watched: Watched): AlarmRow[] {
  const { queue, deadLetters } = watched.queues
  return [
    {
      id: 'DeadLetters',
      name: 'dead-letters',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible(maximum),
      threshold: 1,
      todo: 'Events could not be delivered and wait as dead letters: list them with their reasons with npm run dlq, remove the cause, then replay them; SQS deletes them after 14 days.',
    },
    ...newDeadLetters(watched),
    {
      id: 'DeadLettersExpire',
      name: 'dead-letters-expire',
      metric: deadLetters.metricApproximateAgeOfOldestMessage(maximum),
      threshold: alarms.oldDeadLetterDays * 86_400,
      is: 'above',
      isLoss: true,
      todo: `A dead letter is older than ${alarms.oldDeadLetterDays} days and SQS deletes it in ${daysLeft}: replay or export the dead letters now.`,
    },
    {
      id: 'Backlog',
      name: 'backlog',
      metric: new MathExpression({
        // SQS writes both each minute, 0 too, so neither is missing alone.
        expression: 'waiting + inFlight',
        usingMetrics: {
          waiting: queue.metricApproximateNumberOfMessagesVisible(maximum),
          inFlight: queue.metricApproximateNumberOfMessagesNotVisible(maximum),
        },
        label: 'messages in the queue',
        ...fiveMinutes,
      }),
      threshold: alarms.backlogMessages,
      todo: 'So many events wait that SQS soon looks no further than its first 120,000 and other people wait behind them: remove the cause of the wait, or raise the share of the rate limit.',
    },
    stopped(watched),
  ]
}

/** Dead letters of the last minutes, so that a new wave is heard while old letters wait. */
function newDeadLetters({ namespace }: Watched): AlarmRow[] {
  const { ingest, worker } = relayMetrics(namespace, fiveMinutes.period)
  return [
    {
      id: 'DeadLettered',
      name: 'dead-lettered',
      metric: worker('deadLettered', Stats.SUM),
      threshold: 1,
      todo: 'Events became dead letters in the last minutes: list the newest with their reasons with npm run dlq, remove the cause, then replay them.',
    },
    {
      id: 'DeadLetteredAtIngest',
      name: 'dead-lettered-at-ingest',
      metric: ingest('deadLettered', Stats.SUM),
      threshold: 1,
      todo: 'Invalid events in a list of RudderStack became dead letters in the last minutes: list them with npm run dlq, then correct the source or its transformation.',
    },
  ]
}

/** Messages that could be received, and none is, for longer than any delay. SQS writes both metrics, 0 too. */
function stopped({ queues: { queue } }: Watched): AlarmRow {
  return {
    id: 'WorkerStopped',
    name: 'worker-stopped',
    metric: new MathExpression({
      expression: 'IF(received == 0, waiting, 0)',
      usingMetrics: {
        received: queue.metricNumberOfMessagesReceived({ ...idle, statistic: Stats.SUM }),
        waiting: queue.metricApproximateNumberOfMessagesVisible({ ...idle, statistic: Stats.MINIMUM }),
      },
      label: 'waiting while nothing is received',
      ...idle,
    }),
    threshold: 1,
    ...{ periods: 2, breaches: 2 },
    todo: 'Events wait and the worker does not run: check that its event source is enabled and that nobody set its concurrency to 0.',
  }
}
