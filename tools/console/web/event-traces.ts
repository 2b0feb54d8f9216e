import type { EventTrace } from '../../local-relay/ledger.ts'
import { el, setChildren } from './dom.ts'
import { clock, count, seconds } from './format.ts'
import { timeline } from './timeline.ts'

interface Row {
  element: HTMLDetailsElement
  /** The trace that the row shows. A change creates a new trace object. */
  trace: EventTrace
}

/** Creates the list of events, newest first. Only changed rows are redrawn; open rows stay open. */
export function createEventTraces() {
  const list = el('div', { class: 'traces' })
  const rows = new Map<string, Row>()
  return {
    element: list,
    update(traces: EventTrace[]) {
      const wanted = traces.map(trace => rowOf(rows, trace).element)
      const keys = new Set(traces.map(({ key }) => key))
      for (const key of [...rows.keys()]) if (!keys.has(key)) rows.delete(key)
      setChildren(list, wanted)
    },
  }
}

function rowOf(rows: Map<string, Row>, trace: EventTrace): Row {
  const known = rows.get(trace.key)
  if (known?.trace === trace) return known
  const row = known ?? { element: el('details', { class: 'trace' }), trace }
  row.trace = trace
  const summary = row.element.querySelector('summary') ?? el('summary')
  summary.replaceChildren(...cells(trace))
  row.element.replaceChildren(summary, timeline(trace))
  rows.set(trace.key, row)
  return row
}

function cells({
  acceptedAt,
  attempts,
  calls,
  event,
  eventId,
  person = '',
  state,
}: EventTrace): HTMLElement[] {
  const last = attempts.at(-1)
  const at = acceptedAt ?? attempts[0]?.at
  const took = last && state !== 'retrying' ? seconds(last.ageSeconds) : ''
  const work =
    attempts.length > 0 ? `${count(attempts.length, 'attempt')}, ${count(calls.length, 'call')}` : ''
  return [
    el('time', {}, at === undefined ? '' : clock(at)),
    el('span', { class: `state ${state}` }, state),
    el('span', { class: 'event', title: eventId }, event),
    el('code', { class: 'person', title: person }, person.slice(0, 8)),
    el('span', { class: 'work' }, work),
    el('span', { class: 'took' }, took),
  ]
}
