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
/** The response that API Gateway expects. */
export type WebhookResult = APIGatewayProxyStructuredResultV2
/** A request with a signal that is aborted when the request has been answered early. */
type Incoming = WebhookEvent & { signal: AbortSignal }
type Step = MiddlewareObj<Incoming, WebhookResult>

/** What ingest needs from outside. */
export interface WebhookHandlerPorts extends ReceivePorts {
  /** Whether a caller knows the secret; `body` returns the bytes as they were sent. */
  isKnown: (headers: Record<string, string | undefined>, body: () => Buffer) => Promise<boolean>
  /** Whether a caller's address may send events. Without it, every address may. */
  isAllowedSource?: (address: string) => boolean
  clock: Clock
  log: Log
}

/**
 * Creates the handler of the webhook: `POST /v1/events` and `GET /health`. It answers 2xx only when the queue has the
 * events, 4xx only for requests that must not be repeated, and 503 for every error of the relay or of AWS. Never
 * throws.
 */
export function createWebhookHandler(ports: WebhookHandlerPorts) {
  const { clock, log, metrics } = ports
  const receiveEvents = middy<Incoming, WebhookResult>({ timeoutEarlyInMillis: 0 })
    .use(ports.isAllowedSource ? filterSources(ports.isAllowedSource) : [])
    .use(authenticate(ports.isKnown))
    .use(readText())
    .handler(async ({ body = '', signal }) => toHttp(await receive(body, ports, signal)))

  const answer = async (event: WebhookEvent, context: Context): Promise<WebhookResult> => {
    const leftMs = context.getRemainingTimeInMillis() - webhook.earlyAnswerMs
    try {
      return await withinTime(signal => receiveEvents({ ...event, signal }, context), leftMs, clock)
    } catch (error) {
      // Every exception here is an error of the relay or of AWS, and RudderStack retries a 5xx.
      log.error('internal error, answered with 503', { fault: error instanceof Error ? error.name : '' })
      return toHttp(refused(503, 'UNAVAILABLE', 'The event was not stored; send it again.'))
    }
  }

  return async (event: WebhookEvent, context: Context): Promise<WebhookResult> => {
    if (event.rawPath.endsWith('/health')) return toHttp({ statusCode: 200, body: { status: 'ok', version } })
    const result = await answer(event, context)
    const { statusCode = 0 } = result
    if (statusCode === 401 || statusCode === 403) metrics.add(names.unauthenticated, 1)
    else if (statusCode >= 400 && statusCode < 500) {
      metrics.add(names.refused, 1)
      log.warn('refused', { status: statusCode, code: codeOf(result) })
    }
    return result
  }
}

/** The code of a refusal, for the log: it is one of ours, and holds nothing of the request. `refused` puts it first. */
function codeOf({ body = '' }: WebhookResult): string {
  return /^\{"error":\{"code":"([A-Z0-9_]+)"/.exec(body)?.[1] ?? ''
}

/** Answers 403 to a caller from an address that may not send, before anything of the request is read. */
function filterSources(isAllowed: (address: string) => boolean): Step {
  const elsewhere = refused(403, 'SOURCE_NOT_ALLOWED', 'Events may not be sent from this address.')
  return {
    before: ({ event }) => (isAllowed(event.requestContext.http.sourceIp) ? undefined : toHttp(elsewhere)),
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

/** Replaces the body by its decoded text; answers 400 when it is not UTF-8 or empty. */
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

/** Converts a response to API Gateway's format. */
function toHttp({ statusCode, body }: WebhookResponse): WebhookResult {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
