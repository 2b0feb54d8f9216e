import middy, { type MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import { metrics as names, version, webhook } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { bodyBytes, bodyText } from './body-text.ts'
import { type ReceivePorts, receive } from './receive.ts'
import { refused, type WebhookResponse } from './response.ts'
import { withinTime } from './within-time.ts'

/** API Gateway's event (payload format 2.0). */
export type WebhookEvent = APIGatewayProxyEventV2
/** What API Gateway takes as an answer. */
export type WebhookResult = APIGatewayProxyStructuredResultV2
/** A request on its way through the steps: aborted once it was answered without them. */
type Incoming = WebhookEvent & { signal: AbortSignal }
type Step = MiddlewareObj<Incoming, WebhookResult>

/** What ingest needs of the world beside the queues. */
export interface WebhookHandlerPorts extends ReceivePorts {
  /** Tells whether a caller knows the secret; `body` gives the bytes as they were sent. */
  isKnown: (headers: Record<string, string | undefined>, body: () => Buffer) => Promise<boolean>
  clock: Clock
  log: Log
}

/**
 * The webhook: `POST /v1/events` onto the queue, `GET /health`. It answers 2xx only when the queue has the events, 4xx
 * only for what no setting of ours could deliver, and 503 for every fault of ours. Never throws.
 */
export function createWebhookHandler(ports: WebhookHandlerPorts) {
  const { clock, log, metrics } = ports
  const receiveEvents = middy<Incoming, WebhookResult>({ timeoutEarlyInMillis: 0 })
    .use(authenticate(ports.isKnown))
    .use(readText())
    .handler(async ({ body = '', signal }) => toHttp(await receive(body, ports, signal)))

  const answer = async (event: WebhookEvent, context: Context): Promise<WebhookResult> => {
    const leftMs = context.getRemainingTimeInMillis() - webhook.earlyAnswerMs
    try {
      return await withinTime(signal => receiveEvents({ ...event, signal }, context), leftMs, clock)
    } catch (error) {
      // Whatever is thrown is a fault of ours, and RudderStack tries a 5xx again.
      log.error('a fault of ours, answered with 503', { fault: error instanceof Error ? error.name : '' })
      return toHttp(refused(503, 'UNAVAILABLE', 'The event was not stored; send it again.'))
    }
  }

  return async (event: WebhookEvent, context: Context): Promise<WebhookResult> => {
    if (event.rawPath.endsWith('/health')) return toHttp({ statusCode: 200, body: { status: 'ok', version } })
    const result = await answer(event, context)
    const { statusCode = 0 } = result
    if (statusCode === 401) metrics.add(names.unauthenticated, 1)
    else if (statusCode >= 400 && statusCode < 500) metrics.add(names.refused, 1)
    return result
  }
}

/** Answers 401 to a caller who does not know the webhook's secret. */
function authenticate(isKnown: WebhookHandlerPorts['isKnown']): Step {
  const unknown = refused(401, 'UNAUTHENTICATED', 'The webhook secret is wrong or missing.')
  return {
    before: async ({ event }) =>
      (await isKnown(event.headers ?? {}, () => bodyBytes(event))) ? undefined : toHttp(unknown),
  }
}

/** Puts the body's text in the place of what API Gateway encoded, and answers 400 where there is none. */
function readText(): Step {
  return {
    before({ event }) {
      const text = bodyText(event)
      if (text === undefined) return toHttp(refused(400, 'NOT_UTF8', 'The body is not valid UTF-8.'))
      if (text.trim() === '') return toHttp(refused(400, 'EMPTY', 'The body is empty.'))
      event.body = text
      return undefined
    },
  }
}

/** An answer as API Gateway takes it. */
function toHttp({ statusCode, body }: WebhookResponse): WebhookResult {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
