import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { Context } from 'aws-lambda'
import { createAuthenticate } from '../../lib/ingest/authenticate.ts'
import { readIngestConfig } from '../../lib/ingest/config.ts'
import { createWebhookHandler, type WebhookEvent, type WebhookResult } from '../../lib/ingest/handler.ts'
import { createSourceFilter } from '../../lib/ingest/source-filter.ts'
import { aws } from '../../lib/policy.ts'
import { enqueue } from '../../lib/queue/sqs.ts'
import { acceptedSecrets } from '../../lib/runtime/accepted-secrets.ts'
import { systemClock as clock } from '../../lib/runtime/clock.ts'
import { powertoolsMetrics } from '../../lib/runtime/metrics.ts'

const config = readIngestConfig(process.env)
const sqs = new SQSClient(aws)
const readSecrets = acceptedSecrets(config.secretId, new SecretsManagerClient(aws), clock)
const metrics = powertoolsMetrics(new Metrics())
const webhook = createWebhookHandler({
  isKnown: createAuthenticate({ readSecrets, clock }),
  ...(config.allowedSourceIps && { isAllowedSource: createSourceFilter(config.allowedSourceIps) }),
  enqueue: (messages, signal) => enqueue(sqs, config.queueUrl, messages, signal),
  sendDeadLetters: (messages, signal) => enqueue(sqs, config.deadLetterQueueUrl, messages, signal),
  metrics,
  clock,
  personSalt: config.personSalt,
  log: new Logger(),
})

/** The webhook's function. The objects created above live as long as the container. */
export async function handler(event: WebhookEvent, context: Context): Promise<WebhookResult> {
  const result = await webhook(event, context)
  metrics.flush()
  return result
}
