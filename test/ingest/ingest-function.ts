import { DeleteMessageCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import type { Context } from 'aws-lambda'
import { vi } from 'vitest'
import type { WebhookEvent } from '../../lib/ingest/handler.ts'
import { newCredentials } from '../../tools/local-relay/local-aws.ts'
import { type Queues, startQueues } from '../../tools/local-relay/queues.ts'
import { type SecretStore, startSecretStore } from '../../tools/local-relay/secret-store.ts'

/** The answer of the function, with its parsed body. */
export interface Answered {
  statusCode: number
  body: Record<string, unknown> & { error?: { code: string; message: string; issues: object[] } }
}

/** The ingest function in a container, with a queue and a secret store. */
export interface Ingest {
  queues: Queues
  store: SecretStore
  /** A request with the right secret, unless `more` changes it. A body that is not a string is sent as JSON. */
  post(body: unknown, more?: Partial<WebhookEvent>, leftMs?: number): Promise<Answered>
  /** Receives and deletes all messages of the queue, or of the dead-letter queue, oldest first. */
  drain(which: 'queue' | 'dead'): Promise<Message[]>
  close(): Promise<void>
}

/**
 * Starts the parts and a fresh container of the function, whose environment is read at its import. `sqsEndpoint` names
 * another SQS for the function than the one that `drain` looks into.
 */
export async function startIngest(sqsEndpoint?: string): Promise<Ingest> {
  const credentials = newCredentials()
  const [queues, store] = await Promise.all([
    startQueues(360, { credentials }),
    startSecretStore({ webhook: 'the-secret' }, credentials),
  ])
  const env = {
    ...{ QUEUE_URL: queues.queueUrl, DEAD_LETTER_QUEUE_URL: queues.deadLetterQueueUrl },
    ...{ WEBHOOK_SECRET_ID: 'webhook', PERSON_SALT: 'salt', AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
    AWS_MAX_ATTEMPTS: '1',
    ...{
      AWS_ENDPOINT_URL_SQS: sqsEndpoint ?? queues.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: store.url,
    },
    ...{ POWERTOOLS_SERVICE_NAME: 'ingest', POWERTOOLS_METRICS_NAMESPACE: 'KustomerRelay' },
    ...{ POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  vi.resetModules()
  const { handler } = await import('../../functions/ingest/index.ts')
  return {
    ...{ queues, store },
    async post(body, more = {}, leftMs = 8_000) {
      const event = {
        ...{ version: '2.0', routeKey: 'POST /v1/events', rawPath: '/v1/events', rawQueryString: '' },
        headers: { authorization: 'Bearer the-secret', 'content-type': 'application/json' },
        ...{ isBase64Encoded: false, body: typeof body === 'string' ? body : JSON.stringify(body) },
        ...more,
      } as WebhookEvent
      const context = { getRemainingTimeInMillis: () => leftMs, awsRequestId: 'r' } as Context
      const { statusCode = 0, body: text } = await handler(event, context)
      return { statusCode, body: JSON.parse(text ?? '') }
    },
    async drain(which) {
      const QueueUrl = which === 'queue' ? queues.queueUrl : queues.deadLetterQueueUrl
      const messages: Message[] = []
      for (;;) {
        const { Messages = [] } = await queues.sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
        )
        if (Messages.length === 0) return messages
        for (const message of Messages) {
          messages.push(message)
          const { ReceiptHandle } = message
          await queues.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
        }
      }
    },
    async close() {
      vi.unstubAllEnvs()
      await Promise.all([queues.close(), store.close()])
    },
  }
}

/** A track whose person and messageId contain an index. */
export const track = (index: number | string, more: object = {}) => ({
  ...{ type: 'track', event: 'Order Completed', userId: `u${index}`, messageId: `m${index}` },
  ...more,
})
