import type { IncomingMessage } from 'node:http'
import { type HttpResponse, messageResponse } from './response.ts'

/**
 * Refuses a request that a page of another site makes the browser send. Returns the refusal, or undefined.
 * `sec-fetch-site` is `same-origin` for the server's own page and `none` for a typed address; other programs do not
 * send it. A write must also have the content type of JSON, which a form cannot send.
 */
export function crossSiteRefusal(request: IncomingMessage): HttpResponse | undefined {
  const { origin, host, 'sec-fetch-site': site, 'content-type': type = '' } = request.headers
  const isRead = request.method === 'GET'
  const isOurs = origin === undefined || origin === `http://${host}`
  const allowed = [undefined, 'same-origin', ...(isRead ? ['none'] : [])]
  if (!isOurs || !allowed.includes(site?.toString())) return messageResponse(403, 'Forbidden')
  if (!isRead && !/^application\/json\s*(;|$)/i.test(type))
    return messageResponse(415, 'Unsupported Media Type')
  return undefined
}
