import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation'
import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SQSClient } from '@aws-sdk/client-sqs'
import { emptyPerson } from '../../lib/people/person.ts'
import { createTableStore } from '../../lib/people/table-store.ts'
import { metrics, personRecords } from '../../lib/policy.ts'
import { groupIdOf } from '../../lib/queue/envelope.ts'
import { sendDeadLetter } from '../../lib/queue/sqs.ts'
import { systemClock } from '../../lib/runtime/clock.ts'
import { recordedLog } from './recorded-log.ts'

/** The stack of these tests. */
export const stackName = 'kustomer-relay-test'
/** The name of the worker's function. */
export const worker = `${stackName}-worker`
const namespace = `${metrics.namespace}/test`

/** The table of the person records. */
export const peopleTable = 'people-test'

/** Where the worker's log is. */
export const logName = { logGroupName: `/aws/lambda/${worker}`, logStreamName: 'container' }

/**
 * Creates a stack on moto as a deployment leaves it, as far as the console reads it, and what a relay writes while it
 * works: a dead letter and a person record of `ada`, log lines, metrics, and an alarm that fires. The environment names
 * moto. Returns the salt of the stack's hashes.
 */
export async function createRelayOnMoto(): Promise<string> {
  const formation = new CloudFormationClient({})
  const { StackId: salt = '' } = await formation.send(
    new CreateStackCommand({ StackName: stackName, TemplateBody: JSON.stringify(template) }),
  )
  const group = groupIdOf('ada', salt)
  await writeDeadLetter(group)
  const records = createTableStore(new DynamoDBClient({}), peopleTable, systemClock)
  await records.save(group, { ...emptyPerson(), role: 'user', customerId: '0123456789abcdef01234567' }, 0)
  await writeLog(group)
  await writeMetrics()
  return salt
}

async function writeDeadLetter(groupId: string) {
  const event = { type: 'track', userId: 'ada', messageId: 'event-2', event: 'Order Completed' }
  const body = JSON.stringify({ version: 1, id: 'event-2', receivedAt: new Date().toISOString(), event })
  const label = { eventType: 'track', eventName: 'Order Completed', messageId: 'event-2' }
  const why = 'Kustomer refused the request (bad_request): an attribute or a value does not fit its schema'
  const deadLetter = {
    body,
    code: 'REJECTED',
    why,
    status: 400,
    attempts: 1,
    failedAtMs: Date.now(),
  } as const
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
  await sendDeadLetter(sqs, queueUrl('dead'), { ...deadLetter, ...label, groupId }, 'event-2')
}

/** Returns the URL of the queue `events` or `dead`. */
export function queueUrl(name: 'events' | 'dead'): string {
  return `${process.env.AWS_ENDPOINT_URL}/000000000000/${stackName}-${name}.fifo`
}

/** The recorded lines, as if they had been written just now about this person. */
async function writeLog(group: string) {
  const logs = new CloudWatchLogsClient({})
  await logs.send(new CreateLogStreamCommand(logName))
  const shiftMs = Date.now() - 1_000 - Math.max(...recordedLog.map(({ at }) => at))
  const logEvents = recordedLog
    .filter(({ at }) => at > 0)
    .map(({ at, text }) => ({
      timestamp: at + shiftMs,
      message: text.replace(/"person":"\w+"/, `"person":"${group}"`),
    }))
  await logs.send(new PutLogEventsCommand({ ...logName, logEvents }))
}

async function writeMetrics() {
  const cloudWatch = new CloudWatchClient({})
  const datum = (service: string, MetricName: string, Value: number) => ({
    MetricName,
    Value,
    Dimensions: [{ Name: 'service', Value: service }],
    Timestamp: new Date(Date.now() - 120_000),
  })
  const MetricData = [
    datum('ingest', metrics.received, 12),
    datum('worker', metrics.delivered, 11),
    datum('worker', metrics.ageAtDelivery, 0.5),
  ]
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }))
  // moto creates no alarm from a template.
  const AlarmName = `${stackName}-dead-letters`
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName,
      AlarmDescription: 'Read the dead letters and replay them. docs/alarms.md#dead-letters',
      ...{ Namespace: namespace, MetricName: metrics.deadLettered, Statistic: 'Sum', Period: 60 },
      ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
    }),
  )
  await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateReason: 'a test', StateValue: 'ALARM' }))
}

const queue = (name: string) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName: `${stackName}-${name}.fifo`, FifoQueue: true },
})
const output = (Value: unknown) => ({ Value })

const template = {
  Resources: {
    Queue: queue('events'),
    DeadLetters: queue('dead'),
    People: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: peopleTable,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: personRecords.table.key, KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: personRecords.table.key, AttributeType: 'S' }],
      },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: worker,
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
      },
    },
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: worker,
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async () => {}' },
        Environment: {
          Variables: {
            SETTINGS: '{"genericPage":true}',
            POWERTOOLS_METRICS_NAMESPACE: namespace,
            KUSTOMER_REQUESTS_PER_MINUTE: '2000',
            KUSTOMER_SHARE: '0.5',
            WORKER_CONCURRENCY: '5',
            BACKOFF_BASE_SECONDS: '5',
            BACKOFF_MAX_SECONDS: '900',
            GIVE_UP_AFTER_SECONDS: '259200',
            RESEND_UNCHANGED_AFTER_HOURS: '24',
          },
        },
      },
    },
    WorkerLog: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: `/aws/lambda/${worker}` } },
  },
  Outputs: {
    WebhookUrl: output('https://relay.example/v1/events'),
    QueueUrl: output({ Ref: 'Queue' }),
    DeadLetterQueueUrl: output({ Ref: 'DeadLetters' }),
    KustomerBaseUrl: output('https://api.kustomerapp.com'),
    WebhookSecretName: output('webhook'),
    KustomerKeySecretName: output('key'),
    PeopleTable: output({ Ref: 'People' }),
    Settings: output('{"genericPage":true}'),
  },
}
