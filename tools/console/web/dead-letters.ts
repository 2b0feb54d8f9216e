import type { Summary } from '../../dead-letters/describe.ts'
import type { Replayed } from '../server/shapes.ts'
import { ask } from './api.ts'
import { createDeadLetterFilter } from './dead-letter-filter.ts'
import { createDeadLetterTable } from './dead-letter-table.ts'
import { button, el } from './dom.ts'
import { count } from './format.ts'
import type { Store } from './store.ts'

/** The view "Dead letters": a table with reasons. An open row shows the event and what the code does with it now. */
export function deadLettersView(root: HTMLElement, store: Store, isShown: () => boolean): () => void {
  const message = el('p', { class: 'following', role: 'status' })
  const list = createDeadLetterList(ids => replay(ids))
  const reader = createDeadLetterReader(isShown, answer => {
    if (answer instanceof Error) message.textContent = answer.message
    else list.update(answer)
  })
  const replay = async (ids: string[]) => {
    message.textContent = `replaying ${count(ids.length, 'dead letter')}`
    const answer = await ask<Replayed>('/local/replay', { ids }).catch((error: Error) => error)
    message.textContent = answer instanceof Error ? answer.message : reportText(answer)
    reader.markStale()
    await reader.read()
  }
  root.append(
    el('div', { class: 'bar' }, ...list.filters),
    el('div', { class: 'bar actions' }, ...list.actions, message),
    list.table,
  )
  let known = -1
  store.subscribe(() => {
    const now = store.now?.status.deadLetters ?? 0
    if (now !== known) reader.markStale()
    known = now
    void reader.read()
  })
  return () => void reader.read()
}

/** The table with its filter, its total and the buttons for the selected rows. */
function createDeadLetterList(replay: (ids: string[]) => unknown) {
  let deadLetters: Summary[] = []
  const total = el('p', { class: 'total', role: 'status' })
  const filter = createDeadLetterFilter(() => draw())
  const table = createDeadLetterTable({ choice: () => choice(), replay: id => replay([id]) })
  const replayChosen = button('Replay selected', () => replay(table.chosen()), { class: 'primary' })
  const choice = () => {
    const chosen = table.chosen().length
    replayChosen.disabled = chosen === 0
    replayChosen.textContent = `Replay ${count(chosen, 'selected dead letter').replace('0 ', '')}`
  }
  const draw = () => {
    const found = deadLetters.filter(filter.matches)
    table.show(found)
    total.textContent = totalText(found.length, deadLetters.length)
    choice()
  }
  const choose = (is: boolean) => () => {
    table.choose(is)
    choice()
  }
  return {
    table: table.element,
    filters: [...filter.fields, total],
    actions: [replayChosen, button('Select all', choose(true)), button('None', choose(false))],
    update(read: Summary[]) {
      deadLetters = read
      table.keep(read)
      filter.offer(read)
      draw()
    },
  }
}

/** Reads the dead letters while the view is shown: one request at a time, and none before they may have changed. */
function createDeadLetterReader(isShown: () => boolean, onAnswer: (answer: Summary[] | Error) => void) {
  let [isReading, isStale] = [false, true]
  return {
    markStale() {
      isStale = true
    },
    async read() {
      if (isReading || !isShown() || !isStale) return
      ;[isReading, isStale] = [true, false]
      const answer = await ask<Summary[]>('/local/dead-letters').catch((error: Error) => error)
      isReading = false
      onAnswer(answer)
    },
  }
}

function totalText(found: number, all: number): string {
  return all === 0 ? 'No dead letters.' : `${found} of ${count(all, 'dead letter')}`
}

function reportText({ replayed, notReplayed, notDeleted }: Replayed): string {
  const left = notReplayed.map(({ id, why }) => `${id.slice(0, 8)} not replayed: ${why}`)
  const doubled = notDeleted.map(({ id, why }) => `${id.slice(0, 8)} replayed but not deleted: ${why}`)
  return [`${replayed.length} replayed`, ...left, ...doubled].join('; ')
}
