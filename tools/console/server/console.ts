import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Settings } from '../../../lib/index.ts'
import type { PeopleStore } from '../../../lib/people/person.ts'
import { defaultSettings, version } from '../../../lib/policy.ts'
import { groupIdOf } from '../../../lib/queue/envelope.ts'
import type { Queues } from '../../dead-letters/queues.ts'
import { crossSiteRefusal } from '../../http/cross-site.ts'
import { type HttpResponse, json, messageResponse } from '../../http/response.ts'
import type { StandIn } from '../../kustomer-stand-in/types.ts'
import { personSalt } from '../../local-relay/function-environment.ts'
import type { Ledger } from '../../local-relay/ledger.ts'
import { documentationSamples } from '../../samples/samples.ts'
import { asset } from './assets.ts'
import { createDeadLetters } from './dead-letters.ts'
import { guarded } from './guard.ts'
import { createKustomerPanel } from './kustomer.ts'
import { createLive } from './live.ts'
import { personResponse } from './person.ts'
import { preview } from './preview.ts'
import type { Now, Setup } from './shapes.ts'

/** The parts of a running local relay that the console shows and uses. */
export interface ConsoleParts {
  /** The URL of ingest. "Send" posts events to it, as RudderStack does. */
  url: string
  webhookSecret: string
  settings: Settings
  requestsPerMinute: number
  share: number
  ledger: Ledger
  status: () => Promise<Now['status']>
  queues: Queues
  /** The person records. */
  people: Pick<PeopleStore, 'load'>
  standIn?: StandIn | undefined
}

/** The console on the relay's port. */
export interface Console {
  /** Answers requests for the page, its files and its API. Returns undefined for any other route. */
  answer(request: IncomingMessage, url: URL, body: Buffer): Promise<HttpResponse | undefined>
  close(): void
}

type Body = Record<string, unknown>
type Route = (query: URLSearchParams, body: Body) => HttpResponse | Promise<HttpResponse>

/** Creates the local console. It is never deployed. Pages of other sites can neither read from it nor write to it. */
export function createConsole(parts: ConsoleParts): Console {
  const live = createLive(parts.ledger, parts.status)
  const routes = routesOf(parts, live.open)
  return {
    async answer(request, url, body) {
      const file = request.method === 'GET' ? await asset(url.pathname) : undefined
      if (file) return guarded(file)
      const key = `${request.method} ${url.pathname}`
      const route = Object.hasOwn(routes, key) ? routes[key] : undefined
      if (!route) return undefined
      const fields = request.method === 'GET' ? {} : fieldsOf(body)
      const refusal =
        crossSiteRefusal(request) ??
        (fields ? undefined : messageResponse(400, 'The body is not a JSON object'))
      return guarded(refusal ?? (await route(url.searchParams, fields ?? {})))
    },
    close: live.close,
  }
}

function routesOf(parts: ConsoleParts, live: () => Promise<HttpResponse>): Record<string, Route> {
  const deadLetters = createDeadLetters(parts.queues, parts.settings)
  const panel = parts.standIn && createKustomerPanel(parts.standIn)
  const { settings, requestsPerMinute, share } = parts
  const faults = panel?.faults ?? []
  const setup: Setup = {
    version,
    samples: documentationSamples,
    settings,
    defaults: defaultSettings,
    requestsPerMinute,
    share,
    faults,
  }
  return {
    'GET /local/setup': () => json(200, setup),
    'GET /local/live': live,
    'POST /local/preview': (_, body) => json(200, preview(body.event, body.settings)),
    'POST /local/send': (_, body) => send(parts, body.event),
    'GET /local/group': query => json(200, { group: groupIdOf(query.get('externalId') ?? '', personSalt) }),
    'GET /local/person': query => personResponse(parts.people, personSalt, query.get('externalId') ?? ''),
    'GET /local/dead-letters': async () => json(200, await deadLetters.list()),
    'GET /local/dead-letter': query => found(deadLetters.describe(query.get('id') ?? '')),
    'POST /local/replay': async (_, { ids }) =>
      Array.isArray(ids)
        ? json(200, await deadLetters.replay(ids.map(String)))
        : messageResponse(400, 'ids must be a list'),
    'GET /local/kustomer': () => found(panel?.state()),
    'POST /local/fault': (_, { name }) => found(panel?.fault(String(name)) ? { name } : undefined),
  }
}

/** Posts an event as RudderStack does. An event without a `messageId` gets one, so the page can follow it. */
async function send({ url, webhookSecret }: ConsoleParts, event: unknown): Promise<HttpResponse> {
  const isObject = typeof event === 'object' && event !== null && !Array.isArray(event)
  const sent = isObject ? { messageId: `console-${randomUUID()}`, ...event } : event
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${webhookSecret}`, 'content-type': 'application/json' },
    body: JSON.stringify(sent ?? null),
  })
  const messageId = isObject ? String((sent as { messageId: unknown }).messageId) : undefined
  return json(200, { status: response.status, messageId, answer: await response.json() })
}

function found(value: unknown): HttpResponse {
  return value === undefined ? messageResponse(404, 'Not Found') : json(200, value)
}

function fieldsOf(body: Buffer): Body | undefined {
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined
  } catch {
    return undefined
  }
}
