import { Annotations, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { metrics } from '../lib/policy.ts'
import { AuditLog } from './audit-log.ts'
import { EventQueue } from './event-queue.ts'
import { Ingest } from './ingest.ts'
import { IngestApi } from './ingest-api.ts'
import type { Watched } from './monitoring/alarm-row.ts'
import { Alarms } from './monitoring/alarms.ts'
import { Dashboard } from './monitoring/dashboard.ts'
import { SavedQueries } from './monitoring/saved-queries.ts'
import { writeOutputs } from './outputs.ts'
import { PeopleTable } from './people-table.ts'
import { RelaySecrets } from './secrets.ts'
import { builtInTags } from './stage-config/tag-faults.ts'
import type { StageConfig } from './stage-config.ts'
import { Worker } from './worker.ts'

/** A stage's name and its checked block of `cdk.json`. */
export interface RelayStackProps extends StackProps {
  stage: string
  config: StageConfig
}

/** The relay's stack, in the order in which an event passes it: API → ingest → queue → worker; then the monitoring. */
export class RelayStack extends Stack {
  constructor(scope: Construct, id: string, { stage, config, ...props }: RelayStackProps) {
    super(scope, id, { ...props, terminationProtection: config.protect })
    // With RETAIN, a first deployment that failed would leave resources whose fixed names block the next one.
    const removalPolicy = config.retain ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY
    // Stages may share an account, so each has its own namespace.
    const metricsNamespace = `${metrics.namespace}/${stage}`
    const { logRetentionDays: logRetention, tracing, kmsKeyArn } = config
    const kept = { stage, removalPolicy, kmsKeyArn }
    const shared = { ...kept, logRetention, metricsNamespace, tracing }

    const secrets = new RelaySecrets(this, 'Secrets', { ...kept, ...secretNames(config) })
    const queues = new EventQueue(this, 'Events', kept)
    const people = new PeopleTable(this, 'People', { ...kept, isProtected: config.protect })
    const ingest = new Ingest(this, 'Ingest', {
      ...{ ...shared, queues, secret: secrets.webhook, allowedSourceIps: config.allowedSourceIps },
      reservedConcurrency: config.ingestConcurrency,
    })
    const api = new IngestApi(this, 'Webhook', { ...shared, ...config, handler: ingest.fn })
    const secret = secrets.kustomerKey
    const worker = new Worker(this, 'Worker', { ...shared, queues, people, config, secret })
    const { table } = people
    const parts = { api: api.stage, queues, people: table, ingest: ingest.fn, worker: worker.fn }
    const { dashboard, topic } = addMonitoring(this, { ...parts, stage, config, namespace: metricsNamespace })
    const audit = new AuditLog(this, 'Audit', kept)
    // A newer release of ingest may write what only the newer worker can read.
    ingest.fn.node.addDependency(worker.fn)
    new SavedQueries(this, 'Queries', { stage, logGroups: [ingest.logGroup, worker.logGroup] })
    writeOutputs(this, {
      webhookUrl: api.webhookUrl,
      domainTarget: api.domainTarget,
      queueUrl: queues.queue.queueUrl,
      deadLetterQueueUrl: queues.deadLetters.queueUrl,
      webhookSecretName: secrets.webhook.name,
      kustomerKeySecretName: secrets.kustomerKey.name,
      kustomerBaseUrl: config.settings.baseEndpoint,
      dashboardName: dashboard.name,
      alarmTopicArn: topic.topicArn,
      isUnprotected: config.retain && !config.protect,
      peopleTableName: table.tableName,
      settings: config.settings,
      auditLogGroup: audit.logGroup.logGroupName,
      requestsPerMinute: config.rate.requestsPerMinute,
    })
    for (const [key, value] of Object.entries({ ...builtInTags(stage), ...config.tags })) {
      Tags.of(this).add(key, value)
    }
  }
}

function secretNames({ secrets: { kmsKeyArn, ...names }, kmsKeyArn: createdKeyArn }: StageConfig) {
  return { ...names, existingKeyArn: kmsKeyArn, createdKeyArn }
}

interface MonitoringProps extends Watched {
  stage: string
  config: StageConfig
}

function addMonitoring(stack: Stack, watched: MonitoringProps) {
  const { stage, config } = watched
  const { alarmEmail: email, alarmTopicArn: topicArn } = config
  if (config.retain && !email && !topicArn) {
    Annotations.of(stack).addWarningV2(
      'kustomer-relay:no-subscriber',
      `Nobody hears the alarms: set alarmEmail or alarmTopicArn in stages.${stage} of cdk.json.`,
    )
  }
  const { alarms, topic } = new Alarms(stack, 'Alarms', {
    ...watched,
    email,
    topicArn,
    kmsKeyArn: config.kmsKeyArn,
  })
  const dashboard = new Dashboard(stack, 'Overview', { ...watched, alarms })
  return { dashboard, topic }
}
