import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
} from '@aws-sdk/client-cloudwatch'
import { GetQueueAttributesCommand, type QueueAttributeName } from '@aws-sdk/client-sqs'
import { withDeadLetters } from '../dead-letters/scan.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

/** Minutes of the oldest message at which the relay's own alarm rings. */
const maxAgeMinutes = 15

/** How many events wait and, where CloudWatch tells, since when. */
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
    name: 'The queue moves',
    state: isLate ? 'fault' : 'fine',
    says: `${waiting} waiting, ${inFlight} in flight or put off${age}`,
  }
}

/** The dead letters by their code; any is a fault, since each waits for a person. */
export async function examineDeadLetters({ queues }: Subject): Promise<Finding> {
  const codes = await withDeadLetters(queues, {}, async ({ deadLetters }) =>
    deadLetters.map(deadLetter => deadLetter.code),
  )
  const byCode = [...Map.groupBy(codes, code => code)].map(([code, all]) => `${all.length} ${code}`)
  return {
    name: 'No dead letters',
    state: codes.length > 0 ? 'fault' : 'fine',
    says: byCode.join(', ') || 'none',
  }
}

/** The stack's alarms that ring. */
export async function examineAlarms({ stack }: Subject): Promise<Finding> {
  const name = 'No alarm rings'
  if (!stack) return { name, state: 'unknown', says: 'there are none on this machine' }
  const { MetricAlarms = [] } = await new CloudWatchClient({}).send(
    new DescribeAlarmsCommand({ AlarmNamePrefix: stack }),
  )
  const ringing = MetricAlarms.filter(alarm => alarm.StateValue === 'ALARM').map(alarm => alarm.AlarmName)
  return {
    name,
    state: ringing.length > 0 ? 'fault' : 'fine',
    says: ringing.join(', ') || `${MetricAlarms.length} alarms, all quiet`,
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
