import { describe, expect, test } from 'vitest'
import { dig, list, resourcesOf, type Template, text } from '../../infra/checks/template.ts'
import { metrics } from '../../lib/policy.ts'
import { assembled, counted, functionOf, synthesized } from './synthesized.ts'

const dev = synthesized()

describe('the settings of a stage are deployed', () => {
  test('prod retains its table, queues, secrets and logs, and dev retains nothing', () => {
    const kept = (template: Template) =>
      Object.values(template.Resources)
        .filter(resource => /^Retain/.test(String(dig(resource, 'DeletionPolicy'))))
        .map(({ Type }) => Type)
        .sort()
    expect(kept(dev)).toEqual([])
    expect([...new Set(kept(synthesized('prod')))]).toEqual([
      'AWS::DynamoDB::Table',
      'AWS::Logs::LogGroup',
      'AWS::SQS::Queue',
      'AWS::SecretsManager::Secret',
    ])
  })

  test('after a failed first deployment nothing is left that blocks the next one', () => {
    const policies = Object.values(synthesized('prod').Resources).map(resource => [
      dig(resource, 'DeletionPolicy'),
      dig(resource, 'UpdateReplacePolicy'),
    ])
    expect(policies).not.toContainEqual(['Retain', expect.anything()])
    expect(policies).toContainEqual(['RetainExceptOnCreate', 'Retain'])
  })

  test.each([
    ['dev', false],
    ['prod', true],
  ])('%s: point-in-time recovery of the table: %s', (stage, isKept) => {
    expect(resourcesOf(synthesized(stage), 'AWS::DynamoDB::Table')[0]?.properties).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: isKept },
    })
  })

  test.each([
    ['a stage that is retained', { retain: true }, false],
    ['a stage that is protected', { retain: true, protect: true }, true],
  ])('%s: stack and table refuse to be deleted: %s', (_, block, isProtected) => {
    const { template, terminationProtection } = assembled('prod', block)
    expect(terminationProtection ?? false).toBe(isProtected)
    // The output tells the operator to turn the protection on.
    expect(Object.hasOwn(template.Outputs ?? {}, 'Unprotected')).toBe(!isProtected)
    expect(resourcesOf(template, 'AWS::DynamoDB::Table')[0]?.properties).toMatchObject({
      DeletionProtectionEnabled: isProtected,
    })
  })

  test.each([false, true])('X-Ray records invocations only where the stage says so: %s', tracing => {
    const template = synthesized('dev', { tracing })
    for (const name of ['ingest', 'worker'])
      expect(dig(functionOf(template, name), 'TracingConfig')).toEqual(
        tracing ? { Mode: 'Active' } : undefined,
      )
    expect(JSON.stringify(template).includes('xray:PutTraceSegments')).toBe(tracing)
  })

  test('the name of the dashboard has the region, since it is global in an account', () => {
    const name = (block: object) =>
      text(
        dig(
          resourcesOf(synthesized('dev', block), 'AWS::CloudWatch::Dashboard')[0]?.properties,
          'DashboardName',
        ),
      )
    expect(name({})).toBe('kustomer-relay-dev-<…>')
    expect(name({ region: 'eu-west-1' })).toBe('kustomer-relay-dev-eu-west-1')
  })

  test('a custom domain is mapped to the stage and is in the webhook URL', () => {
    const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/ab-12'
    const template = synthesized('dev', { domain: { name: 'events.example.com', certificateArn } })
    expect(counted(template)).toMatchObject({
      'AWS::ApiGatewayV2::DomainName': 1,
      'AWS::ApiGatewayV2::ApiMapping': 1,
    })
    expect(text(dig(template.Outputs, 'WebhookUrl', 'Value'))).toBe('https://<…>/v1/events')
    expect(dig(template.Outputs, 'DomainTarget', 'Value')).toBeDefined()
  })

  test('existing secrets are used by name: none is created, and only their ARNs may be read', () => {
    const template = synthesized('dev', {
      secrets: { webhook: 'team/webhook', kustomerKey: 'team/kustomer' },
    })
    expect(counted(template)).not.toHaveProperty('AWS::SecretsManager::Secret')
    expect(dig(functionOf(template, 'ingest'), 'Environment', 'Variables', 'WEBHOOK_SECRET_ID')).toBe(
      'team/webhook',
    )
    const resources = resourcesOf(template, 'AWS::IAM::Policy')
      .flatMap(({ properties }) => list(dig(properties, 'PolicyDocument', 'Statement')))
      .filter(statement => dig(statement, 'Action') === 'secretsmanager:GetSecretValue')
      .map(statement => text(dig(statement, 'Resource')).split(':secret:')[1])
    expect(resources).toEqual(['team/webhook-??????', 'team/kustomer-??????'])
  })

  test('an alarm address is subscribed, and every resource that supports tags has them', () => {
    const template = synthesized('dev', { alarmEmail: 'on-call@example.com', tags: { team: 'data' } })
    const [subscription] = resourcesOf(template, 'AWS::SNS::Subscription')
    expect(subscription?.properties).toMatchObject({ Protocol: 'email', Endpoint: 'on-call@example.com' })
    const tags = list(dig(resourcesOf(template, 'AWS::SQS::Queue')[0]?.properties, 'Tags'))
    expect(tags).toEqual(
      expect.arrayContaining([
        { Key: 'team', Value: 'data' },
        { Key: 'stage', Value: 'dev' },
      ]),
    )
  })
})

describe('for the operator', () => {
  test('the outputs that tools read by key', () => {
    expect(Object.keys(dev.Outputs ?? {}).sort()).toEqual([
      'AlarmTopicArn',
      'AuditLogGroup',
      'DashboardUrl',
      'DeadLetterQueueUrl',
      'KustomerBaseUrl',
      'KustomerKeySecretName',
      'PeopleTable',
      'QueueUrl',
      'ReadWebhookSecret',
      'RequestsPerMinute',
      'SetKustomerKey',
      'SetWebhookSecret',
      'Settings',
      'Version',
      'WebhookHeader',
      'WebhookSecretName',
      'WebhookUrl',
    ])
  })

  test('the dashboard shows every metric of the policy, and the units and throttles of the table', () => {
    const body = text(dig(resourcesOf(dev, 'AWS::CloudWatch::Dashboard')[0]?.properties, 'DashboardBody'))
    const { namespace, ...names } = metrics
    expect(body).toContain(`${namespace}/dev`)
    for (const name of Object.values(names)) expect(body).toContain(name)
    for (const name of ['ConsumedReadCapacityUnits', 'ReadThrottleEvents'])
      for (const of of [name, name.replace('Read', 'Write')]) expect(body).toContain(`AWS/DynamoDB","${of}`)
    expect(body).toContain('/ 150') // 300 requests a minute, of which half are ours
  })
})
