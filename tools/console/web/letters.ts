import type { Description, Summary } from '../../dead-letters/describe.ts'
import type { Replayed } from '../server/shapes.ts'
import { ask } from './api.ts'
import { button, el, field, select } from './dom.ts'
import { count } from './format.ts'
import { createLetterRow, type LetterRow } from './letter-row.ts'
import type { Store } from './store.ts'

/** The view "Dead letters": a table with reasons; each letter opens to its event and to what today's code makes of it. */
export function lettersView(root: HTMLElement, store: Store, isShown: () => boolean): () => void {
  const rows = new Map<string, LetterRow>()
  let letters: Summary[] = []
  let [reading, isStale, known] = [false, true, -1]
  const said = el('p', { class: 'following', role: 'status' })
  const total = el('p', { class: 'total', role: 'status' })
  const [codes, types] = [select([['', 'all']], () => draw()), select([['', 'all']], () => draw())]
  const words = el('input', { type: 'search', placeholder: 'reason, name or id' })
  const body = el('div', { class: 'letters' })
  words.addEventListener('input', () => draw())

  const fits = (letter: Summary) =>
    (codes.value === '' || letter.code === codes.value) &&
    (types.value === '' || letter.eventType === types.value) &&
    JSON.stringify(letter).toLowerCase().includes(words.value.trim().toLowerCase())
  const chosen = () => letters.filter(fits).filter(({ id }) => rows.get(id)?.isChosen())
  const draw = () => {
    const found = letters.filter(fits)
    body.replaceChildren(...found.map(letter => rowFor(letter).element))
    total.textContent =
      letters.length === 0 ? 'No dead letters.' : `${found.length} of ${count(letters.length, 'letter')}`
    choice()
  }
  const choice = () => {
    replayChosen.disabled = chosen().length === 0
    replayChosen.textContent = `Replay ${count(chosen().length, 'selected letter').replace('0 ', '')}`
  }
  const rowFor = (letter: Summary): LetterRow => {
    const made =
      rows.get(letter.id) ?? createLetterRow(letter, { choice, replay: () => replay([letter.id]), describe })
    rows.set(letter.id, made)
    return made
  }
  const describe = (id: string) => ask<Description>(`/local/letter?id=${encodeURIComponent(id)}`)
  const read = async () => {
    if (reading || !isShown() || !isStale) return
    ;[reading, isStale] = [true, false]
    const answer = await ask<Summary[]>('/local/letters').catch((error: Error) => error)
    reading = false
    if (answer instanceof Error) {
      said.textContent = answer.message
      return
    }
    letters = answer
    const ids = new Set(letters.map(({ id }) => id))
    for (const id of [...rows.keys()]) if (!ids.has(id)) rows.delete(id)
    offer(
      codes,
      letters.map(({ code }) => code),
    )
    offer(
      types,
      letters.flatMap(({ eventType }) => eventType ?? []),
    )
    draw()
  }
  const replay = async (ids: string[]) => {
    said.textContent = `replaying ${count(ids.length, 'letter')}`
    const answer = await ask<Replayed>('/local/replay', { ids }).catch((error: Error) => error)
    said.textContent = answer instanceof Error ? answer.message : reportText(answer)
    isStale = true
    await read()
  }
  const replayChosen = button('Replay selected', () => replay(chosen().map(({ id }) => id)), {
    class: 'primary',
  })
  const choose = (is: boolean) => () => {
    for (const letter of letters.filter(fits)) rowFor(letter).choose(is)
    choice()
  }
  root.append(
    el(
      'div',
      { class: 'bar' },
      field('Reason', codes),
      field('Type', types),
      field('Search', words, 'wide'),
      total,
    ),
    el(
      'div',
      { class: 'bar actions' },
      replayChosen,
      button('Select all', choose(true)),
      button('None', choose(false)),
      said,
    ),
    body,
  )
  store.subscribe(() => {
    const now = store.now?.status.deadLetters ?? 0
    if (now !== known) isStale = true
    known = now
    void read()
  })
  return () => void read()
}

function offer(control: HTMLSelectElement, values: string[]) {
  const before = control.value
  const all = ['', ...new Set(values)]
  control.replaceChildren(...all.map(value => el('option', { value }, value || 'all')))
  control.value = all.includes(before) ? before : ''
}

function reportText({ replayed, notReplayed, notDeleted }: Replayed): string {
  const left = notReplayed.map(({ id, why }) => `${id.slice(0, 8)} not replayed: ${why}`)
  const doubled = notDeleted.map(({ id, why }) => `${id.slice(0, 8)} replayed but not deleted: ${why}`)
  return [`${replayed.length} replayed`, ...left, ...doubled].join('; ')
}
