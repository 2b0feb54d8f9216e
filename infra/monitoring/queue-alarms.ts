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
    newDeadLetters(watched),
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
        expression: 'FILL(waiting, 0) + FILL(inFlight, 0)',
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

/** Dead letters of the last minutes, from ingest and worker, so that a new wave is heard while old letters wait. */
function newDeadLetters({ namespace }: Watched): AlarmRow {
  const { ingest, worker } = relayMetrics(namespace, fiveMinutes.period)
  return {
    id: 'DeadLettered',
    name: 'dead-lettered',
    metric: new MathExpression({
      expression: 'FILL(refused, 0) + FILL(undelivered, 0)',
      usingMetrics: {
        refused: ingest('deadLettered', Stats.SUM),
        undelivered: worker('deadLettered', Stats.SUM),
      },
      label: 'new dead letters',
      ...fiveMinutes,
    }),
    threshold: 1,
    todo: 'Events became dead letters in the last minutes: list the newest with their reasons with npm run dlq, remove the cause, then replay them.',
  }
}

/** Messages that could be received, and no invocation of the worker for longer than any delay. */
function stopped({ queues, worker }: Watched): AlarmRow {
  return {
    id: 'WorkerStopped',
    name: 'worker-stopped',
    metric: new MathExpression({
      expression: 'IF(FILL(invocations, 0) == 0, FILL(waiting, 0), 0)',
      usingMetrics: {
        invocations: worker.metricInvocations({ ...idle, statistic: Stats.SUM }),
        waiting: queues.queue.metricApproximateNumberOfMessagesVisible({ ...idle, statistic: Stats.MINIMUM }),
      },
      label: 'waiting while the worker does not run',
      ...idle,
    }),
    threshold: 1,
    ...{ periods: 2, breaches: 2 },
    todo: 'Events wait and the worker does not run: check that its event source is enabled and that nobody set its concurrency to 0.',
  }
}
