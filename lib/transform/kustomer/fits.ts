import { toDateTime } from '../coerce/date-time.ts'
import { fold } from '../coerce/fit-name.ts'
import { cut } from '../coerce/text.ts'
import { toAbsoluteUrl, toUrl } from '../coerce/url.ts'
import { isBlank, isFields, isPresent, own, textOf } from '../view.ts'

/** Says what was done to a trait, and why. */
export type Tell = (did: 'converted' | 'left out', why: string) => void

/** Fits a shaped value to Kustomer's schema, with `advancedTransform` only; undefined leaves the attribute out. */
export type Fit = (value: unknown, tell: Tell) => unknown

/** A text of at most so many UTF-16 units. */
export function textUpTo(maxLength: number): Fit {
  return (value, tell) => {
    const text = String(value)
    if (text.length <= maxLength) return text
    tell('converted', `cut to ${maxLength} characters`)
    const short = cut(text, maxLength)
    return isBlank(short) ? undefined : short
  }
}

/** A date-time as Kustomer takes it. */
export const dateTime: Fit = (value, tell) => {
  const given = textOf(value)
  const at = given === undefined ? undefined : toDateTime(given)
  if (at === undefined) tell('left out', 'not a date of the form YYYY-MM-DD, with or without a time')
  else if (at !== given) tell('converted', 'a date is written in UTC')
  return at
}

/** `m` or `f`. */
export const gender: Fit = (value, tell) => {
  const word = textOf(value)?.trim().toLowerCase() ?? ''
  const letter = { m: 'm', male: 'm', f: 'f', female: 'f' }[word]
  if (letter === undefined) tell('left out', 'Kustomer knows m and f')
  else if (letter !== value) tell('converted', `to ${letter}`)
  return letter
}

/** A URL with its scheme. */
export const absoluteUrl: Fit = (value, tell) => {
  const given = textOf(value) ?? ''
  const url = toAbsoluteUrl(given)
  if (url === undefined) tell('left out', 'not a web address')
  else if (url !== given) tell('converted', 'a web address has a scheme and no blanks around it')
  return url
}

/** The items of `urls`: a web address, with or without a scheme. */
export const urls: Fit = (value, tell) => {
  const found = toUrl(String((value as { url: unknown }[])[0]?.url))
  if (!found) tell('left out', 'not a web address')
  return found && [{ url: found.url }]
}

/** At most 20 tags of Kustomer's characters, each once. */
export const tags: Fit = (value, tell) => {
  const given = value as string[]
  const cleaned = given.map(tag =>
    cut(
      fold(tag)
        .replace(/[^A-Za-z0-9_/<>\-. ]/g, '-')
        .trim(),
      64,
    ).trim(),
  )
  const unique = [...new Set(cleaned)].filter(tag => tag !== '')
  const kept = unique.slice(0, 20)
  if (cleaned.some((tag, index) => tag !== given[index]))
    tell('converted', 'tags in Kustomer’s characters, 64 at most')
  if (kept.length < given.length) tell('left out', 'each tag once, and 20 at most')
  return kept.length > 0 ? kept : undefined
}

/** Both numbers in range: polarity −1, 0 or 1, confidence from −1 to 1. */
export const sentiment: Fit = (value, tell) => {
  const fields = isFields(value) ? value : {}
  const [polarity, confidence] = [own(fields, 'polarity'), own(fields, 'confidence')]
  const isFine =
    (polarity === -1 || polarity === 0 || polarity === 1) &&
    typeof confidence === 'number' &&
    confidence >= -1 &&
    confidence <= 1
  if (!isFine) tell('left out', 'polarity must be -1, 0 or 1 and confidence from -1 to 1')
  else if (Object.keys(fields).length > 2) tell('left out', 'only polarity and confidence are taken')
  return isFine ? { polarity, confidence } : undefined
}

/** A finite number. */
export const number: Fit = (value, tell) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  tell('left out', 'not a number')
  return undefined
}

/** One key of a list's item: how it is read, whether the item needs it. */
export interface ItemKey {
  key: string
  isRequired?: boolean
  fit: Fit
}

/** Lists of at most ten items with the documented keys only: a bad optional key costs the key, a bad required one the item. */
export function items(keys: ItemKey[]): Fit {
  return (value, tell) => {
    const fitted = (value as unknown[])
      .map(item => fitItem(item, keys, tell))
      .filter(item => item !== undefined)
    if (fitted.length > 10) tell('left out', 'Kustomer takes 10 items')
    return fitted.length > 0 ? fitted.slice(0, 10) : undefined
  }
}

function fitItem(item: unknown, keys: ItemKey[], tell: Tell) {
  const fields = isFields(item) ? item : {}
  const entries: [string, unknown][] = []
  for (const { key, isRequired, fit } of keys) {
    const given = own(fields, key)
    const value = isPresent(given) ? fit(given, tell) : undefined
    if (value !== undefined) entries.push([key, value])
    else if (isRequired) {
      if (!isPresent(given)) tell('left out', `an item without ${key}`)
      return undefined
    } else if (isPresent(given)) tell('left out', `a ${key} that Kustomer would refuse`)
  }
  if (Object.keys(fields).some(key => !keys.some(known => known.key === key)))
    tell('left out', 'keys of an item that Kustomer does not know')
  return Object.fromEntries(entries)
}
