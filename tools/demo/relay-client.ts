import { join } from 'node:path'
import type { Settings } from '../../lib/transform/settings.ts'
import type { StoredCustomer } from '../kustomer-stand-in/types.ts'
import type { EventTrace } from '../local-relay/ledger.ts'
import { defaultDataDir, type LocalFile, readLocalFile } from '../local-relay/local-file.ts'

/** What the demo asks of the running relay, over HTTP. Rejects with a sentence for a person. */
export interface RelayClient {
  place: LocalFile
  settings(): Promise<Settings>
  /** Hands an event to the webhook, as RudderStack does. */
  post(event: object): Promise<void>
  /** What became of the events whose `messageId` starts so. */
  traces(idPrefix: string): Promise<EventTrace[]>
  /** What the stand-in holds; undefined where the relay calls another Kustomer. */
  customers(): Promise<StoredCustomer[] | undefined>
}

/**
 * Finds the relay that runs in a folder.
 * @throws Error where none runs.
 */
export function findRelay(cwd: string, secret: string): RelayClient {
  const place = readLocalFile(join(cwd, defaultDataDir))
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
    throw new Error('the relay does not know the secret: set WEBHOOK_SECRET as it is set for `npm start`')
  throw new Error(`${new URL(url).pathname} answers ${response.status}: ${await response.text()}`)
}
