import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { vi } from 'vitest'
import { defaultSettings } from '../../lib/policy.ts'
import { type Moto, startMoto } from '../system/faults/moto-server.ts'

const fifo = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName, FifoQueue: true } })
const ref = (Ref: string) => ({ Value: { Ref } })

/** The parts of the relay's stack that the tools use, with the outputs of `infra/outputs.ts`. */
const template = {
  Resources: {
    Queue: fifo('relay.fifo'),
    Dead: fifo('relay-dead.fifo'),
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'relay-people',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
    },
    Audit: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/kustomer-relay/test/audit' } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alarms' } },
    Secret: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { Name: 'relay/webhook', SecretString: 'first' },
    },
  },
  Outputs: {
    QueueUrl: ref('Queue'),
    DeadLetterQueueUrl: ref('Dead'),
    PeopleTable: ref('Table'),
    AuditLogGroup: ref('Audit'),
    AlarmTopicArn: ref('Topic'),
    WebhookSecretName: { Value: 'relay/webhook' },
    Settings: { Value: JSON.stringify({ ...defaultSettings, stampEvents: true }) },
  },
}

/** Starts moto with a stack named `relay-test`, and makes it the AWS of this process. */
export async function startStackOnMoto(): Promise<Moto> {
  const moto = await startMoto()
  const environment = {
    AWS_ENDPOINT_URL: moto.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const cloud = new CloudFormationClient({})
  await cloud.send(
    new CreateStackCommand({ StackName: 'relay-test', TemplateBody: JSON.stringify(template) }),
  )
  cloud.destroy()
  // moto makes no secrets from a template.
  const secrets = new SecretsManagerClient({})
  await secrets.send(new CreateSecretCommand({ Name: 'relay/webhook', SecretString: 'first' }))
  secrets.destroy()
  return moto
}
