import type { EventTrace } from '../../local-relay/ledger.ts'
import type { Point, Setup } from '../server/shapes.ts'
import { createChart } from './chart.ts'
import { el } from './dom.ts'
import { createEventTraces } from './event-traces.ts'
import { count, seconds } from './format.ts'
import { createPipeline } from './pipeline.ts'
import type { Store } from './store.ts'
import { createTraceFilter } from './trace-filter.ts'

const perMinute = 12

/** The view "Flow": the pipeline with its numbers, the charts, and the latest events with their traces. */
export function flowView(root: HTMLElement, setup: Setup, store: Store, isShown: () => boolean): () => void {
  const pipeline = createPipeline()
  const charts = chartsOf(setup)
  const traces = createEventTraces()
  const total = el('p', { class: 'total', role: 'status' })
  const filter = createTraceFilter(() => draw())
  const draw = () => {
    if (!isShown()) return
    if (store.now) pipeline.update(store.now)
    for (const chart of charts) chart.update(store.points)
    const found = [...store.traces.values()]
      .reverse()
      .filter(filter.matches)
      .sort((a, b) => startOf(b) - startOf(a))
    traces.update(found)
    total.textContent =
      store.traces.size === 0
        ? 'No event yet: send one from Try, or run npm run demo.'
        : `${count(found.length, 'event')} of the last ${store.traces.size}`
  }
  root.append(
    el('h2', { class: 'hidden' }, 'Pipeline'),
    pipeline.element,
    el('div', { class: 'charts' }, ...charts.map(({ element }) => element)),
    el('div', { class: 'bar' }, ...filter.fields, total),
    traces.element,
  )
  store.subscribe(draw)
  return draw
}

function chartsOf({ requestsPerMinute, share }: Setup) {
  const whole = (value: number) => Math.round(value).toLocaleString('en')
  const percent = (value: number) => `${Math.round(value * 1000) / 10} %`
  return [
    createChart({ title: 'Events per minute', value: point => point.received * perMinute, show: whole }),
    createChart({ title: 'Age at delivery', value: ({ ageSeconds }: Point) => ageSeconds, show: seconds }),
    createChart({
      title: `Share of the rate limit (ours: ${percent(share)})`,
      value: ({ calls }) => (calls * perMinute) / requestsPerMinute,
      show: percent,
      mark: share,
    }),
  ]
}

function startOf({ acceptedAt, attempts }: EventTrace) {
  return acceptedAt ?? attempts[0]?.at ?? 0
}
