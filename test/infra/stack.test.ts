import { describe, expect, test } from 'vitest'
import { dig, list, resourcesOf, text } from '../../infra/checks/template.ts'
import { counted, functionOf, synthesized } from './synthesized.ts'

const dev = synthesized()

test('the stack has exactly these resources', () => {
  expect(counted(dev)).toEqual({
    'AWS::ApiGatewayV2::Api': 1,
    'AWS::ApiGatewayV2::Integration': 1,
    'AWS::ApiGatewayV2::Route': 2,
    'AWS::ApiGatewayV2::Stage': 1,
    'AWS::CloudWatch::Alarm': 19,
    'AWS::CloudWatch::CompositeAlarm': 1,
    'AWS::CloudWatch::Dashboard': 1,
    'AWS::DynamoDB::Table': 1,
    'AWS::IAM::Policy': 2,
    'AWS::IAM::Role': 2,
    'AWS::KMS::Key': 1,
    'AWS::Lambda::EventSourceMapping': 1,
    'AWS::Lambda::Function': 2,
    'AWS::Lambda::Permission': 2,
    'AWS::Logs::LogGroup': 4,
    'AWS::Logs::MetricFilter': 1,
    'AWS::Logs::QueryDefinition': 4,
    'AWS::SNS::Topic': 1,
    'AWS::SNS::TopicPolicy': 1,
    'AWS::SQS::Queue': 2,
    'AWS::SQS::QueuePolicy': 2,
    'AWS::SecretsManager::Secret': 2,
  })
})

describe('each resource', () => {
  test('ingest has two routes, a throttle, and a log without content from callers', () => {
    expect(every('AWS::ApiGatewayV2::Route', 'RouteKey')).toEqual(['POST /v1/events', 'GET /health'])
    expect(every('AWS::ApiGatewayV2::Stage', 'DefaultRouteSettings')).toEqual([
      { ThrottlingBurstLimit: 400, ThrottlingRateLimit: 200 },
    ])
    const [format] = every('AWS::ApiGatewayV2::Stage', 'AccessLogSettings', 'Format')
    expect(Object.values(JSON.parse(String(format))).sort()).toEqual([
      '$context.identity.sourceIp',
      '$context.integrationErrorMessage',
      '$context.requestId',
      '$context.responseLatency',
      '$context.routeKey',
      '$context.status',
    ])
  })

  test('a 4xx of API Gateway itself is counted from the access log', () => {
    const [filter] = resourcesOf(dev, 'AWS::Logs::MetricFilter').map(({ properties }) => properties)
    expect(filter).toMatchObject({
      FilterPattern: '{ ($.status = "4*") && ($.route != "POST /v1/events") && ($.route != "GET /health") }',
      MetricTransformations: [
        { MetricName: 'ApiRefusals', MetricNamespace: 'KustomerRelay/dev', MetricValue: '1' },
      ],
    })
    const routes = every('AWS::ApiGatewayV2::Route', 'RouteKey').map(route => `$.route != "${route}"`)
    for (const route of routes) expect(filter?.FilterPattern).toContain(route)
  })

  test.each([
    ['ingest', 256, 8],
    ['worker', 384, 60],
  ])('%s: %i MB, %i s, newest Node on arm64, JSON logs', (name, MemorySize, Timeout) => {
    expect(functionOf(dev, name)).toMatchObject({
      FunctionName: `kustomer-relay-dev-${name}`,
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize,
      Timeout,
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' },
      Environment: {
        Variables: {
          NODE_OPTIONS: '--enable-source-maps',
          POWERTOOLS_METRICS_NAMESPACE: 'KustomerRelay/dev',
        },
      },
    })
    expect(functionOf(dev, name)).not.toHaveProperty('ReservedConcurrentExecutions')
  })

  test('the queues are FIFO, high throughput, encrypted, kept for 14 days, and refer to each other', () => {
    const shared = {
      FifoQueue: true,
      FifoThroughputLimit: 'perMessageGroupId',
      DeduplicationScope: 'messageGroup',
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 86_400,
    }
    const [dead, queue] = resourcesOf(dev, 'AWS::SQS::Queue').map(({ properties }) => properties)
    expect(queue).toMatchObject({
      ...shared,
      VisibilityTimeout: 360,
      RedrivePolicy: { maxReceiveCount: 1000 },
    })
    expect(dead).toMatchObject({ ...shared, RedriveAllowPolicy: { redrivePermission: 'byQueue' } })
    const source = text(dig(dead, 'RedriveAllowPolicy', 'sourceQueueArns', 0))
    expect(source.endsWith(`:${dig(queue, 'QueueName')}`)).toBe(true)
  })

  test('the table has one item per key, on-demand billing and encryption, and only the worker can use it', () => {
    const [table] = resourcesOf(dev, 'AWS::DynamoDB::Table')
    expect(table?.properties).toMatchObject({
      TableName: 'kustomer-relay-dev-people',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    })
    const given = (name: string) => dig(functionOf(dev, name), 'Environment', 'Variables', 'PEOPLE_TABLE')
    expect([given('ingest'), given('worker')]).toEqual([undefined, { Ref: table?.id }])
  })

  test('the event source has batches of ten, partial responses, a concurrency of five, and metrics', () => {
    expect(resourcesOf(dev, 'AWS::Lambda::EventSourceMapping')[0]?.properties).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
      MetricsConfig: { Metrics: ['EventCount'] },
    })
  })

  test.each([
    ['ingest', ['secretsmanager:GetSecretValue', 'sqs:SendMessage']],
    [
      'worker',
      [
        'dynamodb:BatchGetItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'secretsmanager:GetSecretValue',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
        'sqs:SendMessage',
      ],
    ],
  ])('%s has exactly these permissions, besides logs and traces', (name, actions) => {
    const role = dig(functionOf(dev, name), 'Role', 'Fn::GetAtt', 0)
    const allowed = resourcesOf(dev, 'AWS::IAM::Policy')
      .filter(({ properties }) => dig(properties, 'Roles', 0, 'Ref') === role)
      .flatMap(({ properties }) => list(dig(properties, 'PolicyDocument', 'Statement')))
      .flatMap(statement => list(dig(statement, 'Action')).map(String))
    expect(allowed.filter(action => !/^(logs|xray):/.test(action)).sort()).toEqual(actions)
  })

  test("only ingest reads the webhook's secret, only the worker Kustomer's key", () => {
    const reads = resourcesOf(dev, 'AWS::IAM::Policy').flatMap(({ id, properties }) =>
      list(dig(properties, 'PolicyDocument', 'Statement'))
        .filter(statement => list(dig(statement, 'Action')).includes('secretsmanager:GetSecretValue'))
        .flatMap(statement => list(dig(statement, 'Resource')).map(on => [id, dig(on, 'Ref')].join(' '))),
    )
    expect(reads).toEqual([
      expect.stringMatching(/^IngestRole\w+ SecretsWebhook/),
      expect.stringMatching(/^WorkerRole\w+ SecretsKustomerKey/),
    ])
  })

  test("the webhook's secret is generated, and Kustomer's key is empty", () => {
    const [webhook, key] = resourcesOf(dev, 'AWS::SecretsManager::Secret').map(({ properties }) => properties)
    expect(webhook).toMatchObject({ GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 48 } })
    expect(Object.keys(key ?? {}).sort()).toEqual(['Description', 'Name', 'Tags'])
  })
})

function every(type: string, ...path: string[]) {
  return resourcesOf(dev, type).map(({ properties }) => dig(properties, ...path))
}
