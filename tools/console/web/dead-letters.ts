import type { Description, Summary } from '../../dead-letters/describe.ts'
import type { Replayed } from '../server/shapes.ts'
import { ask } from './api.ts'
import { createDeadLetterRow, type DeadLetterRow } from './dead-letter-row.ts'
import { button, el, field, select } from './dom.ts'
import { count } from './format.ts'
import type { Store } from './store.ts'

/** The view "Dead letters": a table with reasons. An open row shows the event and what the code does with it now. */
export function deadLettersView(root: HTMLElement, store: Store, isShown: () => boolean): () => void {
  const rows = new Map<string, DeadLetterRow>()
  let deadLetters: Summary[] = []
  let [reading, isStale, known] = [false, true, -1]
  const message = el('p', { class: 'following', role: 'status' })
  const total = el('p', { class: 'total', role: 'status' })
  const [codes, types] = [select([['', 'all']], () => draw()), select([['', 'all']], () => draw())]
  const words = el('input', { type: 'search', placeholder: 'reason, name or id' })
  const body = el('div', { class: 'dead-letters' })
  words.addEventListener('input', () => draw())

  const fits = (deadLetter: Summary) =>
    (codes.value === '' || deadLetter.code === codes.value) &&
    (types.value === '' || deadLetter.eventType === types.value) &&
    JSON.stringify(deadLetter).toLowerCase().includes(words.value.trim().toLowerCase())
  const chosen = () => deadLetters.filter(fits).filter(({ id }) => rows.get(id)?.isChosen())
  const draw = () => {
    const found = deadLetters.filter(fits)
    body.replaceChildren(...found.map(deadLetter => rowFor(deadLetter).element))
    total.textContent =
      deadLetters.length === 0
        ? 'No dead letters.'
        : `${found.length} of ${count(deadLetters.length, 'dead letter')}`
    choice()
  }
  const choice = () => {
    replayChosen.disabled = chosen().length === 0
    replayChosen.textContent = `Replay ${count(chosen().length, 'selected dead letter').replace('0 ', '')}`
  }
  const rowFor = (deadLetter: Summary): DeadLetterRow => {
    const made =
      rows.get(deadLetter.id) ??
      createDeadLetterRow(deadLetter, { choice, replay: () => replay([deadLetter.id]), describe })
    rows.set(deadLetter.id, made)
    return made
  }
  const describe = (id: string) => ask<Description>(`/local/dead-letter?id=${encodeURIComponent(id)}`)
  const read = async () => {
    if (reading || !isShown() || !isStale) return
    ;[reading, isStale] = [true, false]
    const answer = await ask<Summary[]>('/local/dead-letters').catch((error: Error) => error)
    reading = false
    if (answer instanceof Error) {
      message.textContent = answer.message
      return
    }
    deadLetters = answer
    const ids = new Set(deadLetters.map(({ id }) => id))
    for (const id of [...rows.keys()]) if (!ids.has(id)) rows.delete(id)
    offer(
      codes,
      deadLetters.map(({ code }) => code),
    )
    offer(
      types,
      deadLetters.flatMap(({ eventType }) => eventType ?? []),
    )
    draw()
  }
  const replay = async (ids: string[]) => {
    message.textContent = `replaying ${count(ids.length, 'dead letter')}`
    const answer = await ask<Replayed>('/local/replay', { ids }).catch((error: Error) => error)
    message.textContent = answer instanceof Error ? answer.message : reportText(answer)
    isStale = true
    await read()
  }
  const replayChosen = button('Replay selected', () => replay(chosen().map(({ id }) => id)), {
    class: 'primary',
  })
  const choose = (is: boolean) => () => {
    for (const deadLetter of deadLetters.filter(fits)) rowFor(deadLetter).choose(is)
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
      message,
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
