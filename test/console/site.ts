import type { RelayOptions } from '../../tools/local-relay/relay-options.ts'
import { quiet, startTestRelay, type TestRelay } from '../system/relay-harness.ts'
import { startBrowser, type TestBrowser } from './browser.ts'
import { type Steps, stepsOn } from './steps.ts'

/** The console of a test: a relay, and a browser with its page. */
export interface ConsoleSite extends TestBrowser {
  relay: TestRelay
  steps: Steps
}

/** Starts both and waits until the page is live. */
export async function startConsole(options: RelayOptions = {}): Promise<ConsoleSite> {
  // The rate limit of a small plan, so that the chart of the share is not empty.
  const relay = await startTestRelay({ requestsPerMinute: 3_000, share: 0.8, ...options })
  const browser = await startBrowser()
  await browser.page.goto(relay.relay.url)
  await browser.page.locator('#link').getByText('live').waitFor()
  return {
    ...browser,
    relay,
    steps: stepsOn(browser.page),
    async close() {
      await browser.close()
      await relay.close()
    },
  }
}

/** Posts events that Kustomer refuses, and waits until all are dead letters. Afterwards it refuses no more. */
export async function postRefused({ relay }: ConsoleSite, events: object[]): Promise<void> {
  const refuse = { kind: 'status', status: 400, body: {} } as const
  relay.standIn.fault({ when: { path: '/v1/tracking' }, do: refuse, times: Number.POSITIVE_INFINITY })
  await relay.post(events)
  await quiet(relay.relay)
  relay.standIn.clearFaults()
}
