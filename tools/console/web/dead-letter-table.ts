import type { Description, Summary } from '../../dead-letters/describe.ts'
import { ask } from './api.ts'
import { createDeadLetterRow, type DeadLetterRow } from './dead-letter-row.ts'
import { el } from './dom.ts'

/** The table of dead letters. A row stays selected and open as long as its dead letter exists. */
export interface DeadLetterTable {
  element: HTMLElement
  /** Shows these dead letters, in this order. */
  show(deadLetters: Summary[]): void
  /** Forgets the rows of all other dead letters. */
  keep(deadLetters: Summary[]): void
  /** Returns the ids of the rows that are shown and selected. */
  chosen(): string[]
  /** Selects all rows that are shown, or none of them. */
  choose(is: boolean): void
}

/** The callbacks of the table: `choice` runs when the user selects a row, `replay` replays one dead letter. */
interface TableActions {
  choice(): void
  replay(id: string): unknown
}

/** Creates an empty table. */
export function createDeadLetterTable({ choice, replay }: TableActions): DeadLetterTable {
  const element = el('div', { class: 'dead-letters' })
  const rows = new Map<string, DeadLetterRow>()
  let shown: string[] = []
  const rowFor = (deadLetter: Summary): DeadLetterRow => {
    const { id } = deadLetter
    const row =
      rows.get(id) ?? createDeadLetterRow(deadLetter, { choice, replay: () => replay(id), describe })
    rows.set(id, row)
    return row
  }
  return {
    element,
    show(deadLetters) {
      shown = deadLetters.map(({ id }) => id)
      element.replaceChildren(...deadLetters.map(deadLetter => rowFor(deadLetter).element))
    },
    keep(deadLetters) {
      const ids = new Set(deadLetters.map(({ id }) => id))
      for (const id of [...rows.keys()]) if (!ids.has(id)) rows.delete(id)
    },
    chosen: () => shown.filter(id => rows.get(id)?.isChosen()),
    choose(is) {
      for (const id of shown) rows.get(id)?.choose(is)
    },
  }
}

function describe(id: string): Promise<Description> {
  return ask<Description>(`/local/dead-letter?id=${encodeURIComponent(id)}`)
}
