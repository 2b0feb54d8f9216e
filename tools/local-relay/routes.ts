import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { Console } from '../console/server/console.ts'
import { guarded } from '../console/server/guard.ts'
import { crossSiteRefusal } from '../http/cross-site.ts'
import type { RequestHandler } from '../http/loopback-server.ts'
import { type HttpResponse, json, messageResponse } from '../http/response.ts'
import { createTurns } from '../http/turns.ts'
import type { Container } from './container.ts'
import { gatewayEvent } from './gateway-event.ts'
import { gatewayAnswer } from './gateway-response.ts'

/** The relay's own `GET` routes, for people and tools on this machine. Each returns a value that is sent as JSON. */
export type LocalRoutes = Record<`/local/${string}`, (query: URLSearchParams) => unknown>

/** The routes of the deployed API: exact, as API Gateway matches them. */
const functionRoutes = new Set(['POST /v1/events', 'GET /health'])

/**
 * Lambda's limit for the payload of an invocation: 6 MB. The payload is JSON, so every quote in a body counts twice, and
 * a body in base64 is a third larger. Source: docs.aws.amazon.com, "Lambda quotas", read 2026-11-26.
 */
const maxPayloadBytes = 6 * 1024 * 1024

/**
 * Returns a function that passes a request to ingest. A payload over Lambda's limit gets a 413, as from API Gateway.
 * Large payloads are passed one after the other: a container of Lambda has one request at a time, and here one process
 * has all of them.
 */
function invokerOf(ingest: Container) {
  const turns = createTurns(1)
  return async (event: APIGatewayProxyEventV2): Promise<HttpResponse> => {
    if ((event.body?.length ?? 0) < maxPayloadBytes / 8) return gatewayAnswer(await ingest.invoke(event))
    if (Buffer.byteLength(JSON.stringify(event)) > maxPayloadBytes)
      return messageResponse(413, 'Request Entity Too Large')
    const end = await turns.take()
    return gatewayAnswer(await ingest.invoke(event).finally(end))
  }
}

/**
 * Passes the routes of the deployed API to the ingest function, `/local/…` to the relay, and other routes to the console.
 * An unknown route gets API Gateway's 404. Pages of other sites get a 403 from `/local/…`, and no response allows another
 * origin to read it.
 */
export function routes(ingest: Container, local: LocalRoutes, page: Pick<Console, 'answer'>): RequestHandler {
  const invoke = invokerOf(ingest)
  return async (request, url, body): Promise<HttpResponse> => {
    const route = `${request.method} ${url.pathname}`
    if (functionRoutes.has(route)) return invoke(gatewayEvent(request, url, body))
    const known = Object.entries(local).find(([path]) => route === `GET ${path}`)
    if (known) return guarded(crossSiteRefusal(request) ?? json(200, await known[1](url.searchParams)))
    return (await page.answer(request, url, body)) ?? messageResponse(404, 'Not Found')
  }
}
