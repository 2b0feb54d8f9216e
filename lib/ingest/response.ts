import type { Issue, RefusalCode } from '../errors.ts'

/** What the webhook answers: RudderStack drops an event at any 4xx but 408 and 429, and tries again at any 5xx. */
export interface WebhookResponse {
  statusCode: number
  body: object
}

/** The one shape of every error. It never echoes a value of the request. */
export function refused(
  statusCode: number,
  code: RefusalCode,
  message: string,
  issues: Issue[] = [],
): WebhookResponse {
  return { statusCode, body: { error: { code, message, issues } } }
}
