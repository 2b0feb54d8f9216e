import type { IncomingMessage } from 'node:http'
import { crossSiteRefusal } from '../../http/cross-site.ts'
import { type HttpResponse, messageResponse } from '../../http/response.ts'
import { asset } from './assets.ts'
import { guarded } from './guard.ts'
import type { Fields, Route } from './route.ts'

/** The console on a port of this machine. */
export interface Console {
  /** Answers requests for the page, its files and its API. Returns undefined for any other route. */
  answer(request: IncomingMessage, url: URL, body: Buffer): Promise<HttpResponse | undefined>
  close(): void
}

/**
 * Creates the console with the routes of its API. It is never deployed. Pages of other sites can neither read from it
 * nor write to it. `close` ends what the routes have open.
 */
export function createConsole(routes: Record<string, Route>, close: () => void): Console {
  return {
    async answer(request, url, body) {
      const file = request.method === 'GET' ? await asset(url.pathname) : undefined
      if (file) return guarded(file, file.nonce)
      const key = `${request.method} ${url.pathname}`
      const route = Object.hasOwn(routes, key) ? routes[key] : undefined
      if (!route) return undefined
      const fields = request.method === 'GET' ? {} : fieldsOf(body)
      const refusal =
        crossSiteRefusal(request) ??
        (fields ? undefined : messageResponse(400, 'The body is not a JSON object'))
      return guarded(refusal ?? (await route(url.searchParams, fields ?? {})))
    },
    close,
  }
}

function fieldsOf(body: Buffer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined
  } catch {
    return undefined
  }
}
