import type { Life } from '../../local-relay/ledger.ts'
import { el } from './dom.ts'
import { clock, count, seconds } from './format.ts'
import { story } from './story.ts'

interface Row {
  element: HTMLDetailsElement
  /** What the row was drawn from: a life is never changed once it was told. */
  life: Life
}

/** The list of events, newest first. Rows stay where they are open: only what changed is drawn anew. */
export function createLives() {
  const list = el('div', { class: 'lives' })
  const rows = new Map<string, Row>()
  return {
    element: list,
    update(lives: Life[]) {
      const wanted = lives.map(life => rowOf(rows, life).element)
      const keys = new Set(lives.map(({ key }) => key))
      for (const key of [...rows.keys()]) if (!keys.has(key)) rows.delete(key)
      const isSame =
        wanted.length === list.children.length && wanted.every((row, i) => row === list.children[i])
      if (!isSame) list.replaceChildren(...wanted)
    },
  }
}

function rowOf(rows: Map<string, Row>, life: Life): Row {
  const known = rows.get(life.key)
  if (known?.life === life) return known
  const row = known ?? { element: el('details', { class: 'life' }), life }
  row.life = life
  const summary = row.element.querySelector('summary') ?? el('summary')
  summary.replaceChildren(...cells(life))
  row.element.replaceChildren(summary, story(life))
  rows.set(life.key, row)
  return row
}

function cells({ acceptedAt, attempts, calls, event, eventId, person = '', state }: Life): HTMLElement[] {
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
