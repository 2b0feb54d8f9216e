import { Readable } from 'node:stream'
import type { HttpResponse } from '../../http/response.ts'
import type { EventTrace, Ledger } from '../../local-relay/ledger.ts'
import { createSeries } from './series.ts'
import type { Now, Start } from './shapes.ts'

/** The live feed of the console: server-sent events to every open page. */
export interface Live {
  open(): Promise<HttpResponse>
  close(): void
}

/** The number of traces that a page shows. */
const shownTraces = 200
const tickMs = 1_000
const ticksPerPoint = 5
/** Bytes that may wait for a slow page. Above it the connection is closed, and the browser connects again. */
const maxLagBytes = 4_000_000

/** Creates the live feed. It sends changes at most once a second, so that many events do not become many messages. */
export function createLive(ledger: Ledger, status: () => Promise<Now['status']>): Live {
  const pages = createPages()
  const series = createSeries(ledger)
  const changed = new Map<string, EventTrace>()
  let ticks = 0
  const unsubscribe = ledger.subscribe(trace => {
    if (pages.areOpen()) changed.set(trace.key, trace)
  })
  const now = async (): Promise<Now> => ({ counts: { ...ledger.counts }, status: await status() })
  const tick = async () => {
    const point = ++ticks % ticksPerPoint === 0 ? series.tick(Date.now()) : undefined
    if (!pages.areOpen()) return
    if (point) pages.broadcast('point', point)
    const traces = [...changed.values()].slice(-shownTraces)
    changed.clear()
    if (traces.length > 0) pages.broadcast('traces', traces)
    // While the relay stops, the queues may be closed already: then there is nothing to send.
    const numbers = await now().catch(() => undefined)
    if (numbers) pages.broadcast('now', numbers)
  }
  const timer = setInterval(tick, tickMs).unref()
  return {
    async open() {
      const numbers = await now()
      const traces = ledger.traces().slice(-shownTraces)
      const page = pages.open({ ...numbers, traces, points: series.points })
      return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: page }
    },
    close() {
      clearInterval(timer)
      unsubscribe()
      series.stop()
      pages.close()
    },
  }
}

/** The streams of the open pages. */
function createPages() {
  const pages = new Set<Readable>()
  return {
    areOpen: () => pages.size > 0,
    open(start: Start): Readable {
      const page = new Readable({ read() {} })
      pages.add(page)
      page.once('close', () => pages.delete(page))
      send(page, 'start', start)
      return page
    },
    broadcast(name: string, value: unknown) {
      for (const page of pages) send(page, name, value)
    },
    close() {
      for (const page of pages) page.destroy()
    },
  }
}

function send(page: Readable, name: string, value: unknown) {
  if (page.readableLength > maxLagBytes) page.destroy()
  else page.push(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`)
}
