import type { Context } from 'aws-lambda'
import { createAuthenticate } from '../../lib/ingest/authenticate.ts'
import { createWebhookHandler, type WebhookEvent, type WebhookResult } from '../../lib/ingest/handler.ts'
import { functions } from '../../lib/policy.ts'
import { enqueue } from '../../lib/queue/sqs.ts'
import type { WorkerPorts } from '../../lib/worker/create-worker.ts'
import type { Container } from './container.ts'
import { createLambdaFunction, type LambdaFunction, type LambdaOptions } from './lambda-function.ts'
import type { SecretVault } from './secret-vault.ts'
import { logTo, metricsTo, type TelemetrySink } from './telemetry.ts'

/** A request as RudderStack makes it; names of headers are in lower case. */
export interface WebhookRequest {
  headers: Record<string, string>
  body: string
}

/** What the ingest function is set up with and works on. */
export interface SimulatedIngestOptions
  extends Omit<LambdaOptions<WebhookRequest, WebhookResult>, 'name' | 'timeoutMs' | 'start'> {
  queueUrl: string
  deadLetterQueueUrl: string
  /** The salt of the stack, from which the names of message groups are made. */
  personSalt: string
  /** The SDK's client of one container, its calls being calls of a port. */
  sqsOf(container: Container): { send(command: object): Promise<object> }
  secret: SecretVault
  /** Takes the time of a read of the secret store; rejects where that fails. */
  reachSecrets(): Promise<void>
  telemetry: TelemetrySink
}

/**
 * The webhook as it is deployed, in containers. Every port is wrapped, so that a container can end or freeze at any
 * call, and its early answer comes from virtual time (`installVirtualTimers`).
 */
export function createSimulatedIngest(
  options: SimulatedIngestOptions,
): LambdaFunction<WebhookRequest, WebhookResult> {
  const timeoutMs = functions.ingest.timeoutSeconds * 1_000
  return createLambdaFunction<WebhookRequest, WebhookResult>({
    ...options,
    name: 'ingest',
    timeoutMs,
    start(container) {
      const handler = handlerOf(container, options)
      return ({ headers, body }) => {
        const endMs = options.clock.now() + timeoutMs
        const context = { getRemainingTimeInMillis: () => endMs - options.clock.now() }
        const event = { rawPath: '/v1/events', headers, body, isBase64Encoded: false }
        return handler(event as unknown as WebhookEvent, context as Context)
      }
    },
  })
}

function handlerOf(container: Container, options: SimulatedIngestOptions) {
  const { secret, queueUrl, deadLetterQueueUrl, telemetry } = options
  const { clock } = container
  const sqs = options.sqsOf(container) as unknown as WorkerPorts['sqs']
  const readSecrets = container.port('secrets', async () => {
    await options.reachSecrets()
    return [secret.current(), secret.previous()].filter(value => value !== undefined)
  })
  return createWebhookHandler({
    isKnown: createAuthenticate({ readSecrets, clock }),
    enqueue: (messages, signal) => enqueue(sqs, queueUrl, messages, signal),
    sendDeadLetters: (messages, signal) => enqueue(sqs, deadLetterQueueUrl, messages, signal),
    personSalt: options.personSalt,
    metrics: metricsTo(telemetry, container.name, options.clock.now),
    clock,
    log: logTo(telemetry, container.name, options.clock.now),
  })
}
