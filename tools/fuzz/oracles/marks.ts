import { must } from '../target.ts'

/** Begins texts that strangers choose, so that they can be found again in any letter case. */
export const marks = { value: 'qzxv', key: 'qzxk', answer: 'qzxa', secret: 'qzxs' } as const

const marked = new RegExp(`(${Object.values(marks).join('|')})[^"\\\\]{0,30}`, 'i')

/** Names of fields that are the sender's own text on purpose: a `messageId`, and the name of a track. */
const kept: ReadonlySet<string> = new Set(['messageId', 'eventId', 'eventName', 'MESSAGE_ID', 'EVENT_NAME'])

/** Checks that no text of a stranger and no secret is in `value`, but in the fields that keep one on purpose. */
export function holdsNoMark(value: unknown, what: string): void {
  const text = JSON.stringify(value, (key, inner) => (kept.has(key) ? undefined : inner)) ?? ''
  const found = marked.exec(text)?.[0]
  must(found === undefined, `${what} hold no text of a stranger`, found)
}
