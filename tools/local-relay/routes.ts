import type { Console } from '../console/server/console.ts'
import type { Container } from './container.ts'
import { gatewayEvent } from './gateway-event.ts'
import { gatewayAnswer, type HttpResponse, json, said } from './gateway-response.ts'
import type { RequestHandler } from './http-server.ts'

/** The relay's own routes, for people and tools on this machine: `GET` and a path to what is answered as JSON. */
export type LocalRoutes = Record<`/local/${string}`, (query: URLSearchParams) => unknown>

/** The routes of the deployed API: exact, as API Gateway matches them. */
const functionRoutes = new Set(['POST /v1/events', 'GET /health'])

/**
 * Sends the deployed API's routes to the ingest function, `/local/…` to the relay itself, and what is left to the
 * console; all else is API Gateway's 404. No answer allows another origin to read it.
 */
export function routes(ingest: Container, local: LocalRoutes, page: Pick<Console, 'answer'>): RequestHandler {
  return async (request, url, body): Promise<HttpResponse> => {
    const route = `${request.method} ${url.pathname}`
    if (functionRoutes.has(route)) return gatewayAnswer(await ingest.invoke(gatewayEvent(request, url, body)))
    const known = Object.entries(local).find(([path]) => route === `GET ${path}`)
    if (known) return json(200, await known[1](url.searchParams))
    return (await page.answer(request, url, body)) ?? said(404, 'Not Found')
  }
}
