import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
} from '@aws-sdk/client-cloudwatch'
import { GetQueueAttributesCommand, type QueueAttributeName } from '@aws-sdk/client-sqs'
import { withDeadLetters } from '../dead-letters/scan.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

/** The age of the oldest message, in minutes, at which the stack's alarm starts. */
const maxAgeMinutes = 15

/** Checks how many events wait and, for a stack, how long (from CloudWatch). */
export async function examineQueue({ queues, stack }: Subject): Promise<Finding> {
  const { Attributes = {} } = await queues.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queues.queueUrl, AttributeNames: ['All'] }),
  )
  const count = (name: QueueAttributeName) => Number(Attributes[name] ?? 0)
  const waiting = count('ApproximateNumberOfMessages')
  const inFlight = count('ApproximateNumberOfMessagesNotVisible')
  const minutes = stack ? await oldestMinutes(queues.queueUrl) : undefined
  const age = minutes === undefined ? '' : `, the oldest for ${Math.round(minutes)} min`
  const isLate = minutes !== undefined && minutes > maxAgeMinutes
  return {
    name: 'The queue is processed',
    state: isLate ? 'fault' : 'fine',
    message: `${waiting} waiting, ${inFlight} in flight or waiting for a retry${age}`,
  }
}

/** Counts the dead letters by code. Any dead letter is a fault, because a person must handle it. */
export async function examineDeadLetters({ queues }: Subject): Promise<Finding> {
  const codes = await withDeadLetters(queues, {}, async ({ deadLetters }) =>
    deadLetters.map(deadLetter => deadLetter.code),
  )
  const byCode = [...Map.groupBy(codes, code => code)].map(([code, all]) => `${all.length} ${code}`)
  return {
    name: 'No dead letters',
    state: codes.length > 0 ? 'fault' : 'fine',
    message: byCode.join(', ') || 'none',
  }
}

/** Lists the alarms of the stack that are in state ALARM. */
export async function examineAlarms({ stack }: Subject): Promise<Finding> {
  const name = 'No alarm is active'
  if (!stack) return { name, state: 'unknown', message: 'a local relay has no alarms' }
  const { MetricAlarms = [] } = await new CloudWatchClient({}).send(
    new DescribeAlarmsCommand({ AlarmNamePrefix: stack }),
  )
  const active = MetricAlarms.filter(alarm => alarm.StateValue === 'ALARM').map(alarm => alarm.AlarmName)
  return {
    name,
    state: active.length > 0 ? 'fault' : 'fine',
    message: active.join(', ') || `${MetricAlarms.length} alarms, none active`,
  }
}

async function oldestMinutes(queueUrl: string): Promise<number | undefined> {
  const now = Date.now()
  const { Datapoints = [] } = await new CloudWatchClient({}).send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: queueUrl.split('/').at(-1) }],
      StartTime: new Date(now - 600_000),
      EndTime: new Date(now),
      Period: 60,
      Statistics: ['Maximum'],
    }),
  )
  const latest = Datapoints.toSorted((a, b) => Number(b.Timestamp) - Number(a.Timestamp))[0]
  return latest?.Maximum === undefined ? undefined : latest.Maximum / 60
}
