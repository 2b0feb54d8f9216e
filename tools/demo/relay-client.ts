import type { Settings } from '../../lib/transform/settings.ts'
import type { StoredCustomer } from '../kustomer-stand-in/types.ts'
import type { EventTrace } from '../local-relay/event-trace.ts'
import { findLocalFile } from '../local-relay/find-local-file.ts'
import type { LocalFile } from '../local-relay/local-file.ts'
import type { CommandIo } from '../terminal/command-io.ts'

/** The requests of the demo to the running relay, over HTTP. Errors have messages for users. */
export interface RelayClient {
  place: LocalFile
  settings(): Promise<Settings>
  /** Sends an event to the webhook, as RudderStack does. */
  post(event: object): Promise<void>
  /** Returns the traces of the events whose `messageId` starts with `idPrefix`. */
  traces(idPrefix: string): Promise<EventTrace[]>
  /** Returns the customers of the stand-in; undefined if the relay calls another Kustomer. */
  customers(): Promise<StoredCustomer[] | undefined>
}

/**
 * Finds the relay that runs in a folder.
 * @throws Error if no relay runs there.
 */
export function findRelay(io: Pick<CommandIo, 'cwd' | 'env'>, secret: string): RelayClient {
  const place = findLocalFile(io)
  if (!place) throw new Error('no relay runs here: start one with `npm start` in another terminal')
  const { url, kustomerUrl } = place
  return {
    place,
    settings: async () => (await ask(`${url}/local/settings`)) as Settings,
    traces: async prefix =>
      (await ask(`${url}/local/events?idPrefix=${encodeURIComponent(prefix)}`)) as EventTrace[],
    async post(event) {
      const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
      await ask(`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(event) })
    },
    async customers() {
      if (!kustomerUrl) return undefined
      return ((await ask(`${kustomerUrl}/stand-in/state`)) as { customers: StoredCustomer[] }).customers
    },
  }
}

async function ask(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, init).catch(() => {
    throw new Error(`the relay at ${new URL(url).origin} does not answer: is \`npm start\` still running?`)
  })
  if (response.ok) return response.json()
  if (response.status === 401)
    throw new Error('the relay refuses the secret: set WEBHOOK_SECRET to the same value as for `npm start`')
  throw new Error(`${new URL(url).pathname} answers ${response.status}: ${await response.text()}`)
}
