import type { EventTrace } from '../../local-relay/ledger.ts'
import type { Point, Setup } from '../server/shapes.ts'
import { ask } from './api.ts'
import { createChart } from './chart.ts'
import { el, field, select } from './dom.ts'
import { createEventTraces } from './event-traces.ts'
import { count, seconds } from './format.ts'
import { createPipeline } from './pipeline.ts'
import type { Store } from './store.ts'

const perMinute = 12
const states = ['queued', 'retrying', 'delivered', 'skipped', 'dead', 'ignored']
const types = ['identify', 'track', 'page', 'screen']

/** The view "Flow": the pipeline with its numbers, the charts, and the latest events with their traces. */
export function flowView(root: HTMLElement, setup: Setup, store: Store, isShown: () => boolean): () => void {
  const pipeline = createPipeline()
  const charts = chartsOf(setup)
  const traces = createEventTraces()
  const person = el('input', { type: 'search', placeholder: 'userId or group' })
  const total = el('p', { class: 'total', role: 'status' })
  let group = ''
  const any = (names: string[]): [string, string][] => [
    ['', 'all'],
    ...names.map((n): [string, string] => [n, n]),
  ]
  const type = select(any(types), () => draw())
  const state = select(any(states), () => draw())
  person.addEventListener('input', async () => {
    const typed = person.value.trim()
    const found = await groupOf(typed)
    if (typed !== person.value.trim()) return
    group = found
    draw()
  })
  const fits = (trace: EventTrace) =>
    (group === '' || trace.person === group || Boolean(trace.person?.startsWith(person.value.trim()))) &&
    (type.value === '' || trace.event === type.value || trace.event.startsWith(`${type.value} `)) &&
    (state.value === '' || trace.state === state.value)
  const draw = () => {
    if (!isShown()) return
    if (store.now) pipeline.update(store.now)
    for (const chart of charts) chart.update(store.points)
    const found = [...store.traces.values()]
      .reverse()
      .filter(fits)
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
    el(
      'div',
      { class: 'bar' },
      field('Person', person, 'wide'),
      field('Type', type),
      field('State', state),
      total,
    ),
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

/** Returns the message group of a person, as ingest computes it; `unknown` if the relay does not answer. */
async function groupOf(externalId: string): Promise<string> {
  if (externalId === '') return ''
  const path = `/local/group?externalId=${encodeURIComponent(externalId)}`
  const { group } = await ask<{ group: string }>(path).catch(() => ({ group: 'unknown' }))
  return group
}
