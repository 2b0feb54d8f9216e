import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
} from '@aws-sdk/client-cloudwatch'
import { GetQueueAttributesCommand, type QueueAttributeName } from '@aws-sdk/client-sqs'
import { withDeadLetters } from '../dead-letters/scan.ts'
import { type Finding, findingAbout } from './finding.ts'
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
  const finding = findingAbout('queue')
  if (waiting + inFlight === 0) return finding.fine('empty')
  const message = `${waiting} waiting, ${inFlight} in work or waiting for a retry${age}`
  return isLate ? finding.fault(message, 'Read docs/alarms.md, section oldest-event.') : finding.fine(message)
}

/** Counts the dead letters by code. Any dead letter is a fault, because a person must handle it. */
export async function examineDeadLetters({ queues, stack }: Subject): Promise<Finding> {
  const codes = await withDeadLetters(queues, {}, async ({ deadLetters }) =>
    deadLetters.map(deadLetter => deadLetter.code),
  )
  const finding = findingAbout('dead-letters')
  if (codes.length === 0) return finding.fine('none')
  const byCode = [...Map.groupBy(codes, code => code)]
  const listed = byCode.map(([code, all]) => (byCode.length === 1 ? code : `${all.length} ${code}`))
  return finding.fault(
    `${codes.length} (${listed.join(', ')})`,
    `Read why they failed, mend the cause, and replay them: npx relay dlq list ${stack ? `--stack ${stack}` : '--local'}`,
  )
}

/** Lists the alarms of a stack that are in state ALARM. */
export async function examineAlarms(stack: string): Promise<Finding> {
  const { MetricAlarms = [] } = await new CloudWatchClient({}).send(
    new DescribeAlarmsCommand({ AlarmNamePrefix: stack }),
  )
  const active = MetricAlarms.filter(alarm => alarm.StateValue === 'ALARM').map(alarm => alarm.AlarmName)
  const finding = findingAbout('alarms')
  return active.length > 0
    ? finding.fault(`active: ${active.join(', ')}`, 'docs/alarms.md says what to do for each.')
    : finding.fine(`none of ${MetricAlarms.length} is active`)
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
