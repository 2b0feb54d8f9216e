import type { Summary } from '../../dead-letters/describe.ts'
import { el, field, select } from './dom.ts'

/** The fields that choose which dead letters the table lists. */
export interface DeadLetterFilter {
  fields: HTMLElement[]
  matches(deadLetter: Summary): boolean
  /** Offers the reasons and types of these dead letters. A value that is gone is no longer chosen. */
  offer(deadLetters: Summary[]): void
}

/** Creates the fields Reason, Type and Search. `onChange` runs when one of them changes. */
export function createDeadLetterFilter(onChange: () => void): DeadLetterFilter {
  const code = select([['', 'all']], onChange)
  const type = select([['', 'all']], onChange)
  const words = el('input', { type: 'search', placeholder: 'reason, name or id' })
  words.addEventListener('input', onChange)
  return {
    fields: [field('Reason', code), field('Type', type), field('Search', words, 'wide')],
    matches: deadLetter =>
      (code.value === '' || deadLetter.code === code.value) &&
      (type.value === '' || deadLetter.eventType === type.value) &&
      JSON.stringify(deadLetter).toLowerCase().includes(words.value.trim().toLowerCase()),
    offer(deadLetters) {
      const codes = deadLetters.map(deadLetter => deadLetter.code)
      const types = deadLetters.flatMap(({ eventType }) => eventType ?? [])
      offerValues(code, codes)
      offerValues(type, types)
    },
  }
}

function offerValues(control: HTMLSelectElement, values: string[]) {
  const before = control.value
  const all = ['', ...new Set(values)]
  control.replaceChildren(...all.map(value => el('option', { value }, value || 'all')))
  control.value = all.includes(before) ? before : ''
}
