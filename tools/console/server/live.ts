import type { HttpResponse } from '../../http/response.ts'
import type { EventTrace } from '../../local-relay/event-trace.ts'
import type { Memory } from '../../local-relay/memory.ts'
import { eventRow } from './event-row.ts'
import { createPages } from './pages.ts'
import { createSeries } from './series.ts'
import type { Now } from './shapes.ts'

/** The live feed of the console: server-sent events to every open page. */
export interface Live {
  open(): Promise<HttpResponse>
  close(): void
}

const tickMs = 1_000
const ticksPerPoint = 5

/** Seconds between two points of a local relay's charts. */
export const secondsPerPoint = (tickMs / 1_000) * ticksPerPoint

/**
 * Creates the live feed of a local relay. It sends changes at most once a second, so that many events do not become many
 * messages. The messages hold rows of lists: no bodies.
 */
export function createLive(
  { ledger, people }: Pick<Memory, 'ledger' | 'people'>,
  now: () => Promise<Omit<Now, 'counts'>>,
): Live {
  const pages = createPages()
  const series = createSeries(ledger)
  const changed = new Map<string, EventTrace>()
  let ticks = 0
  const unsubscribe = ledger.subscribe(trace => {
    if (pages.areOpen()) changed.set(trace.key, trace)
  })
  const rowOf = (trace: EventTrace) => eventRow(trace, people.externalIdOf(trace.person))
  const numbers = async (): Promise<Now> => ({ counts: { ...ledger.counts }, ...(await now()) })
  const tick = async () => {
    const point = ++ticks % ticksPerPoint === 0 ? series.tick(Date.now()) : undefined
    if (!pages.areOpen()) return
    if (point) pages.broadcast('point', point)
    const rows = [...changed.values()].map(rowOf)
    changed.clear()
    if (rows.length > 0) pages.broadcast('rows', rows)
    // While the relay stops, the queues may be closed already: then there is nothing to send.
    const current = await numbers().catch(() => undefined)
    if (current) pages.broadcast('now', current)
  }
  const timer = setInterval(tick, tickMs).unref()
  return {
    open: async () =>
      pages.open({ ...(await numbers()), rows: ledger.traces().map(rowOf), points: series.points }),
    close() {
      clearInterval(timer)
      unsubscribe()
      series.stop()
      pages.close()
    },
  }
}
