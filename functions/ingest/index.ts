import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import middy from '@middy/core'
import type { Context } from 'aws-lambda'
import { createAuthenticate } from '../../lib/delivery/authenticate.ts'
import { systemClock as clock } from '../../lib/delivery/clock.ts'
import { readIngestConfig } from '../../lib/delivery/config.ts'
import { powertoolsMeter } from '../../lib/delivery/meter.ts'
import { bury, enqueue } from '../../lib/delivery/queue.ts'
import { receive } from '../../lib/delivery/receive.ts'
import { secretStore } from '../../lib/delivery/secret-store.ts'
import { createSecret } from '../../lib/delivery/secrets.ts'
import { aws, metrics, version, webhook } from '../../lib/policy.ts'
import {
  answerFaults,
  authenticate,
  jsonBody,
  toHttp,
  type WebhookEvent,
  type WebhookResult,
} from './middleware.ts'

const config = readIngestConfig(process.env)
const sqs = new SQSClient(aws)
const stages = secretStore(config.secretId, new SecretsManagerClient(aws), clock)
const [current, previous] = [createSecret(stages.current, clock), createSecret(stages.previous, clock)]
const meter = powertoolsMeter(new Metrics())

const receiveEvents = middy<WebhookEvent, WebhookResult>({ timeoutEarlyInMillis: webhook.earlyAnswerMs })
  .use(answerFaults(new Logger()))
  .use(authenticate(createAuthenticate({ current, previous, clock })))
  .use(jsonBody())
  .handler(async ({ body }) =>
    toHttp(
      await receive(body, {
        enqueue: messages => enqueue(sqs, config.queueUrl, messages),
        bury: (letter, id) => bury(sqs, config.deadLetterQueueUrl, letter, id),
        meter,
        clock,
      }),
    ),
  )

/** The webhook's function: `POST /v1/events` onto the queue, `GET /health`. What is built above lives as long as the container. */
export async function handler(event: WebhookEvent, context: Context): Promise<WebhookResult> {
  if (event.rawPath.endsWith('/health')) return toHttp({ statusCode: 200, body: { status: 'ok', version } })
  const result = await receiveEvents(event, context)
  const { statusCode = 0 } = result
  if (statusCode === 401) meter.add(metrics.unauthenticated, 1)
  else if (statusCode >= 400 && statusCode < 500) meter.add(metrics.refused, 1)
  meter.flush()
  return result
}
