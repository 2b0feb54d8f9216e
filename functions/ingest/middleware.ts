import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { type Answer, refused } from '../../lib/delivery/answer.ts'
import type { Log } from '../../lib/delivery/report.ts'

/** API Gateway's event (payload format 2.0); `jsonBody` puts the parsed body in place of its text. */
export type WebhookEvent = Omit<APIGatewayProxyEventV2, 'body'> & { body?: unknown }
/** What API Gateway takes as an answer. */
export type WebhookResult = APIGatewayProxyStructuredResultV2
type Step = MiddlewareObj<WebhookEvent, WebhookResult>

/** Turns whatever is thrown into a 503: the fault is ours, and RudderStack tries a 5xx again. */
export function answerFaults(log: Log): Step {
  return {
    onError(request) {
      log.error('a fault of ours, answered with 503', { fault: request.error?.name })
      request.response = toHttp(refused(503, 'UNAVAILABLE', 'The event was not stored; send it again.'))
    },
  }
}

/** Answers 401 to a caller who does not know the webhook's secret. */
export function authenticate(isKnown: (headers: WebhookEvent['headers']) => Promise<boolean>): Step {
  const unknown = refused(401, 'UNAUTHENTICATED', 'The webhook secret is wrong or missing.')
  return {
    before: async ({ event }) => ((await isKnown(event.headers ?? {})) ? undefined : toHttp(unknown)),
  }
}

/** Reads the body as JSON, whatever content type it claims, and answers 400 where it is none. */
export function jsonBody(): Step {
  return {
    before({ event }) {
      const text = textOf(event)
      if (text.trim() === '') return toHttp(refused(400, 'EMPTY', 'The body is empty.'))
      try {
        event.body = JSON.parse(text)
        return undefined
      } catch {
        return toHttp(refused(400, 'NOT_JSON', 'The body is not JSON.'))
      }
    },
  }
}

/** An answer as API Gateway takes it. */
export function toHttp({ statusCode, body }: Answer): WebhookResult {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

function textOf({ body, isBase64Encoded }: WebhookEvent): string {
  const text = typeof body === 'string' ? body : ''
  return (isBase64Encoded ? Buffer.from(text, 'base64').toString() : text).replace(/^\ufeff/, '')
}
