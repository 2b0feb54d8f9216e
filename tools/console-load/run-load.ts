import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'
import type { Relay } from '../local-relay/start-relay.ts'
import { browserArguments } from './find-browser.ts'

/** What was measured. The page's memory is its heap after a collection, the relay's is that of its main process. */
export interface LoadResult {
  seconds: number
  /** Events that the page lists at the end. */
  rows: number
  /** The page's tasks of more than 50 ms. */
  longTasksMs: number[]
  pageMb: number
  relayMb: number
}

const people = 500
const perRequest = 100

/**
 * Opens the console on the view "Flow", sends events of 500 people, and waits until all are delivered and shown.
 * Rejects if the browser does not start or the webhook refuses the events.
 */
export async function runLoad(relay: Relay, executablePath: string, events: number): Promise<LoadResult> {
  const browser = await chromium.launch({ executablePath, args: browserArguments })
  try {
    const page = await browser.newPage()
    await page.goto(`${relay.url}/#/flow`)
    await page.locator('#link').getByText('live').waitFor()
    await page.evaluate(observeLongTasks)
    const startMs = performance.now()
    for (let sent = 0; sent < events; sent += perRequest)
      await post(relay, sent, Math.min(perRequest, events - sent))
    while (relay.ledger.counts.delivered < events) await wait(100)
    const shown = Math.min(events, 5_000).toLocaleString('en')
    await page.getByText(`events of the last ${shown}`).waitFor()
    const seconds = (performance.now() - startMs) / 1000
    const longTasksMs = await page.evaluate<number[]>('globalThis.longTasks')
    const total = (await page.getByText('events of the last').textContent()) ?? ''
    const rows = Number(total.split(' ')[0]?.replaceAll(',', ''))
    return {
      seconds,
      rows,
      longTasksMs,
      pageMb: await heapMb(page),
      relayMb: process.memoryUsage().rss / 1e6,
    }
  } finally {
    await browser.close()
  }
}

const observeLongTasks = `{
  globalThis.longTasks = []
  new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration)
  }).observe({ entryTypes: ['longtask'] })
}`

async function post(relay: Relay, from: number, count: number) {
  const batch = Array.from({ length: count }, (_, i) => {
    const n = from + i
    const userId = `load-${n % people}`
    return { type: 'track', messageId: `load-${n}`, userId, event: 'Load Step', properties: { step: n } }
  })
  const response = await fetch(`${relay.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: 'Bearer local-secret', 'content-type': 'application/json' },
    body: JSON.stringify(batch),
  })
  if (response.status !== 202) throw new Error(`the webhook answered ${response.status}`)
}

async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1e6
}
