import { randomUUID } from 'node:crypto'
import { type HttpResponse, json } from '../../http/response.ts'

/**
 * Posts an event to a webhook, as RudderStack does. An event without a `messageId` gets one, so that the page can follow
 * it. Answers with the webhook's status and body. Rejects if the webhook does not answer.
 */
export async function sendEvent(url: string, secret: string, event: unknown): Promise<HttpResponse> {
  const isObject = typeof event === 'object' && event !== null && !Array.isArray(event)
  const hasId = isObject && 'messageId' in event
  const sent = isObject && !hasId ? { messageId: `console-${randomUUID()}`, ...event } : event
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(sent ?? null),
  })
  const messageId = isObject ? String((sent as { messageId: unknown }).messageId) : undefined
  return json(200, { status: response.status, messageId, answer: await response.json() })
}
