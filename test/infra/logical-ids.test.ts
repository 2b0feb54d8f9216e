import { expect, test } from 'vitest'
import { dig } from '../../infra/checks/template.ts'
import { stages, synthesized } from './synthesized.ts'

/** Resource types that can be replaced without a loss: they are created again from the template. */
const isStateless = new RegExp(
  [
    /^AWS::IAM::/,
    /^AWS::Lambda::(Function|Permission|EventSourceMapping)$/,
    /^AWS::ApiGatewayV2::(Route|Integration|Stage|ApiMapping|DomainName)$/,
    /^AWS::CloudWatch::(Alarm|CompositeAlarm|Dashboard)$/,
    // It encrypts only notifications that are on their way.
    /^AWS::KMS::Key$/,
    /^AWS::(SQS::QueuePolicy|SNS::TopicPolicy|SNS::Subscription)$/,
    /^AWS::Logs::(QueryDefinition|MetricFilter)$/,
    /^AWS::CDK::Metadata$/,
  ]
    .map(({ source }) => source)
    .join('|'),
)

/**
 * Every resource with data: events, keys, logs, person records, subscriptions, and the API
 * whose id is part of the webhook's address. CloudFormation replaces a resource if its logical id or name changes, and
 * then its data is lost or left behind. So change this list only together with a plan for the data.
 */
const stateful = (stage: string) => ({
  SecretsWebhook8D5E2A64: `AWS::SecretsManager::Secret kustomer-relay/${stage}/webhook`,
  SecretsKustomerKey59D78C6F: `AWS::SecretsManager::Secret kustomer-relay/${stage}/kustomer-api-key`,
  EventsDeadLetters8A90034E: `AWS::SQS::Queue kustomer-relay-${stage}-dead.fifo`,
  EventsQueue7396B467: `AWS::SQS::Queue kustomer-relay-${stage}.fifo`,
  PeopleTable42ECE6FB: `AWS::DynamoDB::Table kustomer-relay-${stage}-people`,
  IngestLogs41B5EF21: `AWS::Logs::LogGroup /aws/lambda/kustomer-relay-${stage}-ingest`,
  WorkerLogs4B5B6506: `AWS::Logs::LogGroup /aws/lambda/kustomer-relay-${stage}-worker`,
  WebhookAccessLog49B4A173: `AWS::Logs::LogGroup /aws/vendedlogs/kustomer-relay-${stage}-access`,
  WebhookApi427E2EB3: `AWS::ApiGatewayV2::Api kustomer-relay-${stage}`,
  AlarmsTopic3A2DFEBA: 'AWS::SNS::Topic',
  AuditLogsA35F3E1F: `AWS::Logs::LogGroup /kustomer-relay/${stage}/audit`,
})

test.each(stages)('%s keeps the logical ids and names of resources with data', stage => {
  const found = Object.entries(synthesized(stage).Resources)
    .filter(([, { Type }]) => !isStateless.test(Type))
    .map(([id, { Type, Properties }]) => [id, [Type, ...namesIn(Properties)].join(' ')])
  expect(Object.fromEntries(found)).toEqual(stateful(stage))
})

/** The names in the template. If a resource has a name, a change of it usually means a replacement. */
function namesIn(properties: unknown): string[] {
  return ['Name', 'QueueName', 'TableName', 'LogGroupName', 'TopicName']
    .map(key => dig(properties, key))
    .filter(name => typeof name === 'string')
}
