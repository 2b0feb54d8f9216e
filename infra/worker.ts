import { MetricType } from 'aws-cdk-lib/aws-lambda'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import type { Construct } from 'constructs'
import { queue, retry } from '../lib/policy.ts'
import { type EventQueue, queueKeyActions } from './event-queue.ts'
import { NodeFunction, type NodeFunctionProps } from './node-function.ts'
import type { PeopleTable } from './people-table.ts'
import type { SecretReference } from './secrets.ts'
import type { StageConfig } from './stage-config.ts'

/** What the worker uses: the queues, Kustomer's API key, the table of person records, and the stage's settings. */
export interface WorkerProps extends Omit<NodeFunctionProps, 'name' | 'environment'> {
  queues: EventQueue
  people: PeopleTable
  secret: SecretReference
  config: Pick<
    StageConfig,
    | 'settings'
    | 'allowOtherHosts'
    | 'rate'
    | 'workerConcurrency'
    | 'giveUpAfterHours'
    | 'resendUnchangedAfterHours'
  >
}

/** Actions on single items by their keys: no scan, no query, no deletion. */
const tableActions = ['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'].map(name => `dynamodb:${name}`)

/**
 * What using an encrypted table needs of its key (docs.aws.amazon.com, DynamoDB developer guide, "Authorizing use of
 * your customer managed key", read 2026-11-26). Spelt out, since no action may have a wildcard.
 */
const tableKeyActions = [
  ...['Decrypt', 'Encrypt', 'DescribeKey', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'],
  ...['ReEncryptFrom', 'ReEncryptTo'],
].map(name => `kms:${name}`)

/**
 * The function that calls Kustomer. It may only receive messages, dead-letter them, read Kustomer's key, and read and
 * write items of the table. The event source's maximum concurrency and `WORKER_CONCURRENCY` are the same number:
 * without the table each container takes that part of the share.
 */
export class Worker extends NodeFunction {
  constructor(scope: Construct, id: string, { queues, people, secret, config, ...rest }: WorkerProps) {
    super(scope, id, {
      ...rest,
      name: 'worker',
      environment: {
        QUEUE_URL: queues.queue.queueUrl,
        DEAD_LETTER_QUEUE_URL: queues.deadLetters.queueUrl,
        KUSTOMER_API_KEY_SECRET_ID: secret.id,
        PEOPLE_TABLE: people.table.tableName,
        SETTINGS: JSON.stringify(config.settings),
        ALLOW_OTHER_HOSTS: String(config.allowOtherHosts),
        KUSTOMER_REQUESTS_PER_MINUTE: String(config.rate.requestsPerMinute),
        KUSTOMER_SHARE: String(config.rate.share),
        WORKER_CONCURRENCY: String(config.workerConcurrency),
        BACKOFF_BASE_SECONDS: String(retry.baseSeconds),
        BACKOFF_MAX_SECONDS: String(retry.maxSeconds),
        RESEND_UNCHANGED_AFTER_HOURS: String(config.resendUnchangedAfterHours),
        GIVE_UP_AFTER_SECONDS: String(config.giveUpAfterHours * 3_600),
      },
    })
    this.allow(['sqs:SendMessage'], [queues.deadLetters.queueArn])
    this.allow(['secretsmanager:GetSecretValue'], [secret.arn])
    this.allow(tableActions, [people.table.tableArn])
    this.allowKey('sqs', queueKeyActions, rest.kmsKeyArn)
    this.allowKey('dynamodb', tableKeyActions, rest.kmsKeyArn)
    this.allowKey('secretsmanager', ['kms:Decrypt'], secret.keyArn)
    this.fn.addEventSource(
      new SqsEventSource(queues.queue, {
        batchSize: queue.batchSize,
        reportBatchItemFailures: true,
        maxConcurrency: config.workerConcurrency,
        metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
      }),
    )
  }
}
