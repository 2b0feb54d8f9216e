import { CfnOutput, type Stack } from 'aws-cdk-lib'
import { version } from '../lib/policy.ts'
import type { StageConfig } from './stage-config.ts'

/** What the operator and the tools need to know about a stage. Values may be CDK tokens. */
export interface StageOutputs {
  webhookUrl: string
  domainTarget: string | undefined
  queueUrl: string
  deadLetterQueueUrl: string
  webhookSecretName: string
  kustomerKeySecretName: string
  kustomerBaseUrl: string
  dashboardName: string
  alarmTopicArn: string
  /** Whether the stage keeps its data but neither stack nor table refuses to be deleted. */
  isUnprotected: boolean
  peopleTableName: string
  settings: StageConfig['settings']
  auditLogGroup: string
  /** Of the whole organisation. */
  requestsPerMinute: number
}

/**
 * The stack's outputs. The tools read them by these keys (`--stack NAME`), so a key is never renamed.
 * Secrets are named, never shown: the header's output says how its value is read.
 */
export function writeOutputs(stack: Stack, known: StageOutputs) {
  const console = `https://${stack.region}.console.aws.amazon.com/cloudwatch/home?region=${stack.region}`
  const readWebhookSecret = `aws secretsmanager get-secret-value --region ${stack.region} --secret-id ${known.webhookSecretName} --query SecretString --output text`
  const outputs: Record<string, { value: string; description: string } | undefined> = {
    WebhookUrl: { value: known.webhookUrl, description: 'URL to enter in RudderStack, method POST' },
    WebhookHeader: {
      value: `authorization: Bearer <value of: ${readWebhookSecret}>`,
      description: 'Header to enter in RudderStack',
    },
    DomainTarget: known.domainTarget
      ? { value: known.domainTarget, description: "Where the custom domain's CNAME must point" }
      : undefined,
    QueueUrl: { value: known.queueUrl, description: 'Queue of events to deliver' },
    DeadLetterQueueUrl: {
      value: known.deadLetterQueueUrl,
      description: 'Events that could not be delivered',
    },
    DashboardUrl: {
      value: `${console}#dashboards/dashboard/${known.dashboardName}`,
      description: 'Dashboard',
    },
    AlarmTopicArn: { value: known.alarmTopicArn, description: 'Topic that the alarms notify' },
    KustomerBaseUrl: { value: known.kustomerBaseUrl, description: 'Kustomer host that the relay calls' },
    AuditLogGroup: { value: known.auditLogGroup, description: 'Who replayed or deleted dead letters' },
    RequestsPerMinute: {
      value: String(known.requestsPerMinute),
      description: "Kustomer's rate limit, as configured",
    },
    Version: { value: version, description: 'Release of both functions' },
    PeopleTable: { value: known.peopleTableName, description: 'Table of the person records' },
    Settings: { value: JSON.stringify(known.settings), description: 'Mapping settings, for the tools' },
    WebhookSecretName: { value: known.webhookSecretName, description: 'Secret of the webhook' },
    KustomerKeySecretName: { value: known.kustomerKeySecretName, description: "Secret of Kustomer's key" },
    ReadWebhookSecret: { value: readWebhookSecret, description: 'Prints what RudderStack must send' },
    SetWebhookSecret: {
      value: setSecret(stack.region, known.webhookSecretName),
      description:
        "Rotates the webhook secret: paste the new value, then Enter; change RudderStack's header 30 s later; the old value works for a day",
    },
    SetKustomerKey: {
      value: setSecret(stack.region, known.kustomerKeySecretName),
      description: "Sets or rotates Kustomer's API key: paste it, then Enter",
    },
    Unprotected: known.isUnprotected
      ? {
          value: 'set "protect": true for this stage in cdk.json, then deploy again',
          description: 'The stack can be deleted by mistake',
        }
      : undefined,
  }
  for (const [key, output] of Object.entries(outputs)) if (output) new CfnOutput(stack, key, output)
}

/**
 * Reads the value from the terminal without echo, and passes it on through standard input: an argument would stay in the
 * shell's history, and other users of the machine could see it in the list of processes.
 */
function setSecret(region: string, name: string) {
  return `read -rs VALUE && printf %s "$VALUE" | aws secretsmanager put-secret-value --region ${region} --secret-id ${name} --secret-string file:///dev/stdin`
}
