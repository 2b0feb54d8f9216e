import type { PersonRecord, PersonState } from '../server/shapes.ts'
import { ask } from './api.ts'
import { button, el, field } from './dom.ts'
import { clock, count } from './format.ts'

/** Creates the form that shows what the relay remembers about one person, by external id. */
export function createPersonPanel(): HTMLElement {
  const input = el('input', { type: 'search', placeholder: 'user id or anonymous id' })
  const result = el('div', { class: 'outcome quiet', role: 'status' })
  const show = async () => {
    const query = new URLSearchParams({ externalId: input.value })
    const state = await ask<PersonState>(`/local/person?${query}`).catch((error: Error) => error)
    if (state instanceof Error) result.replaceChildren(state.message)
    else if (state.record) result.replaceChildren(recordList(state.record))
    else result.replaceChildren('Nothing is remembered about this person.')
  }
  input.addEventListener('keydown', event => void (event.key === 'Enter' && show()))
  const bar = el('div', { class: 'bar actions' }, field('Person', input), button('Show the record', show))
  return el('section', {}, el('h2', {}, 'What the relay remembers'), bar, result)
}

function recordList(record: PersonRecord): HTMLElement {
  const { customerId, role, addresses, refused, identify, newestIdentifyMs, delivered, waiting } = record
  const counts = Object.entries(waiting?.counts ?? {}).map(([name, times]) => `${times} × ${name}`)
  const latest = delivered[0] && `, the latest ${time(delivered[0].atMs)}`
  const rows: [string, string | number | undefined][] = [
    ['Kustomer id', customerId],
    ['Role', role],
    ['Addresses', `${addresses} seen, ${refused} refused`],
    ['Last identify sent', identify && time(identify.deliveredAtMs)],
    ['Newest identify', newestIdentifyMs && time(newestIdentifyMs)],
    ['Delivered', `${count(delivered.length, 'event')} remembered${latest ?? ''}`],
    [
      'Waiting',
      waiting && `since ${time(waiting.firstAttemptMs)}: ${counts.join(', ') || 'no failed attempt'}`,
    ],
    ['Expires', record.expiresAtMs && time(record.expiresAtMs)],
  ]
  const shown = rows.flatMap(([name, text]) => (text ? [el('dt', {}, name), el('dd', {}, `${text}`)] : []))
  return el('dl', {}, ...shown)
}

function time(atMs: number): string {
  return `${new Date(atMs).toLocaleDateString('en-GB')} ${clock(atMs)}`
}
