import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { metrics } from '../lib/policy.ts'
import { EventQueue } from './event-queue.ts'
import { Ingest } from './ingest.ts'
import { IngestApi } from './ingest-api.ts'
import { RelaySecrets } from './secrets.ts'
import type { StageConfig } from './stage-config.ts'
import { Worker } from './worker.ts'

/** A stage's name and its checked block of `cdk.json`. */
export interface RelayStackProps extends StackProps {
  stage: string
  config: StageConfig
}

/** The relay, in the order of an event's way: API → ingest → queue → worker → Kustomer, and what watches over them. */
export class RelayStack extends Stack {
  constructor(scope: Construct, id: string, { stage, config, ...props }: RelayStackProps) {
    super(scope, id, { ...props, terminationProtection: config.retain })
    const removalPolicy = config.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY
    const shared = { stage, removalPolicy, logRetention: config.logRetentionDays }
    // Stages may share an account: each has its own namespace.
    const metricsNamespace = `${metrics.namespace}/${stage}`

    const secrets = new RelaySecrets(this, 'Secrets', { stage, removalPolicy, ...config.secrets })
    const queues = new EventQueue(this, 'Events', { stage, removalPolicy })
    const ingest = new Ingest(this, 'Ingest', {
      ...shared,
      metricsNamespace,
      queues,
      secret: secrets.webhook,
    })
    const api = new IngestApi(this, 'Webhook', { ...shared, ...config, handler: ingest.fn })
    new Worker(this, 'Worker', { ...shared, metricsNamespace, queues, config, secret: secrets.kustomerKey })
    new CfnOutput(this, 'WebhookUrl', { value: api.webhookUrl })
    new CfnOutput(this, 'QueueUrl', { value: queues.queue.queueUrl })
    new CfnOutput(this, 'DeadLetterQueueUrl', { value: queues.deadLetters.queueUrl })
  }
}
