import type { Summary } from '../../../dead-letters/describe.ts'
import type { Params } from '../state/route.ts'

/** Returns the dead letters that a filter of the address chooses, in their order. `holding`: those whose event has `q`. */
export function matchingLetters(
  letters: Summary[],
  { code = '', type = '', q = '' }: Params,
  holding: string[],
): Summary[] {
  const ids = new Set(holding)
  const text = q.trim().toLowerCase()
  return letters.filter(
    letter =>
      (code === '' || letter.code === code) &&
      (type === '' || letter.eventType === type) &&
      (text === '' || ids.has(letter.id) || JSON.stringify(letter).toLowerCase().includes(text)),
  )
}

/** Returns how a list names the event of a dead letter: `track Order Completed`. */
export function letterName({ eventType, eventName }: Pick<Summary, 'eventType' | 'eventName'>): string {
  return [eventType, eventName].filter(Boolean).join(' ') || 'event'
}
