import type { Issue, RefusalCode } from '../errors.ts'

/** A response of the webhook. RudderStack drops an event on any 4xx but 408 and 429, and retries on any 5xx. */
export interface WebhookResponse {
  statusCode: number
  body: object
}

/** Creates an error response; all have this shape. It never holds a value of the request. */
export function refused(
  statusCode: number,
  code: RefusalCode,
  message: string,
  issues: Issue[] = [],
): WebhookResponse {
  return { statusCode, body: { error: { code, message, issues } } }
}
