import type { Note } from '../call.ts'
import { leaveOut, note } from '../note.ts'
import { cut } from '../text/cut.ts'
import { toDateTime } from '../text/date-time.ts'
import { toAbsoluteUrl, toUrl } from '../text/url.ts'
import { isBlank, textOf } from '../view.ts'

/**
 * Fits a value to Kustomer's schema, with `advancedTransform` only. Undefined leaves it out. What it changes or leaves
 * out is noted under `path`, the value's place in the event.
 */
export type Fit<Given, Sent> = (value: Given, path: string, notes: Note[]) => Sent | undefined

/** A text of at most `maxLength` UTF-16 units. */
export function textUpTo(maxLength: number): Fit<string, string> {
  return (text, path, notes) => {
    if (text.length <= maxLength) return text
    const short = cut(text, maxLength)
    if (isBlank(short)) return leaveOut(notes, path, `blank for its first ${maxLength} characters`)
    note(notes, path, 'converted', `cut to ${maxLength} characters`)
    return short
  }
}

/** A text of any length. */
export const anyText: Fit<string, string> = text => text

/** A date-time in the form that Kustomer accepts. */
export const dateTime: Fit<unknown, string> = (value, path, notes) => {
  const given = typeof value === 'string' ? value : undefined
  const at = given === undefined ? undefined : toDateTime(given)
  if (at === undefined) return leaveOut(notes, path, 'not a date: YYYY-MM-DD, with or without a time')
  if (at !== given) note(notes, path, 'converted', 'a date is sent as a date-time in UTC')
  return at
}

const genders = new Map<unknown, 'm' | 'f'>([
  ['m', 'm'],
  ['male', 'm'],
  ['f', 'f'],
  ['female', 'f'],
])

/** `m` or `f`. */
export const gender: Fit<unknown, string> = (value, path, notes) => {
  const letter = genders.get(value) ?? genders.get(textOf(value)?.trim().toLowerCase())
  if (letter === undefined) return leaveOut(notes, path, 'Kustomer takes m and f only')
  if (letter !== value) note(notes, path, 'converted', 'to m or f')
  return letter
}

/** A URL with its scheme. */
export const absoluteUrl: Fit<unknown, string> = (value, path, notes) => {
  const given = textOf(value)
  const url = given === undefined ? undefined : toAbsoluteUrl(given)
  if (url === undefined) return leaveOut(notes, path, 'not a web address')
  if (url !== given) note(notes, path, 'converted', 'to a URL with its scheme, without blanks around it')
  return url
}

/** The one item of `urls`: a web address, with a scheme or without. */
export const urls: Fit<{ url: string }[], { url: string }[]> = (value, path, notes) => {
  const given = value[0]?.url ?? ''
  const url = toUrl(given)
  if (url === undefined) return leaveOut(notes, path, 'not a web address')
  if (url !== given) note(notes, path, 'converted', 'without blanks around it')
  return [{ url }]
}

/** A finite number. */
export const number: Fit<unknown, number> = (value, path, notes) =>
  typeof value === 'number' && Number.isFinite(value) ? value : leaveOut(notes, path, 'not a finite number')
