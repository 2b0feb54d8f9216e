const form = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?)?$/
const kustomers = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/
const [hyphen, dot, zero, colon, upperT, upperZ] = [45, 46, 48, 58, 84, 90]
const [dayLength, secondLength] = ['YYYY-MM-DD'.length, 'YYYY-MM-DDThh:mm:ssZ'.length]
const isoLength = 'YYYY-MM-DDThh:mm:ss.sssZ'.length
const minuteMs = 60_000
const firstMs = Date.parse('0000-01-01T00:00:00.000Z')
const endMs = Date.parse('9999-12-31T23:59:59.999Z') + 1

/**
 * A date or date-time in the form that Kustomer accepts. The text is `YYYY-MM-DD`, or that with `T` or a blank,
 * `hh:mm[:ss[.fraction]]` and an optional zone, and a real date of the years 0000 to 9999, also in UTC. A text in
 * Kustomer's form is returned unchanged. Any other is written in UTC with milliseconds; no zone means UTC. Undefined if
 * the text is not a date.
 */
export function toDateTime(text: string): string | undefined {
  // Most texts are not dates. Two characters show it.
  if (text.length < dayLength || text.charCodeAt(4) !== hyphen || text.charCodeAt(7) !== hyphen)
    return undefined
  if (isIso(text)) return text
  if (text.length === dayLength) return isDay(text) ? `${text}T00:00:00.000Z` : undefined
  const parts = form.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts
  const offsetMs = zone.length === 1 ? 0 : offsetOf(zone)
  const clockMs = clockOf(Number(hour), Number(minute), Number(second)) - offsetMs
  const ms = dayOf(Number(year), Number(month), Number(day)) + clockMs
  // An impossible part gives NaN, which is in no range.
  if (!(ms >= firstMs && ms < endMs)) return undefined
  if (kustomers.test(text)) return text
  if (offsetMs === 0)
    return `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(1, 4).padEnd(3, '0')}Z`
  return new Date(ms + Number(fraction.slice(1, 4).padEnd(3, '0'))).toISOString()
}

/** Whether a text is a date-time like `2020-02-02T00:23:09.544Z`: a fast check for the usual form. */
function isIso(text: string): boolean {
  const { length } = text
  if (text.charCodeAt(length - 1) !== upperZ || text.charCodeAt(10) !== upperT) return false
  if (text.charCodeAt(13) !== colon || text.charCodeAt(16) !== colon) return false
  if (two(text, 11) > 23 || two(text, 14) > 59 || two(text, 17) > 59 || !isDay(text)) return false
  if (length === secondLength) return true
  return length === isoLength && text.charCodeAt(19) === dot && two(text, 20) < none && two(text, 21) < none
}

/** Whether a text starts with a day that exists. The hyphens were checked before. */
function isDay(text: string): boolean {
  const [century, year, month, day] = [two(text, 0), two(text, 2), two(text, 5), two(text, 8)]
  return century < none && year < none && isInCalendar(century * 100 + year, month, day)
}

const none = 100

/** The number of two digits. `none` if one of them is not a digit. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero
  const ones = text.charCodeAt(at + 1) - zero
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : none
}

function isInCalendar(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function dayOf(year: number, month: number, day: number): number {
  if (!isInCalendar(year, month, day)) return Number.NaN
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999; the calendar repeats every 400 years.
  return year > 99 ? Date.UTC(year, month - 1, day) : Date.UTC(year + 400, month - 1, day) - fourCenturiesMs
}

const fourCenturiesMs = Date.UTC(2400, 0, 1) - Date.UTC(2000, 0, 1)

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}

function clockOf(hour: number, minute: number, second: number): number {
  return hour <= 23 && minute <= 59 && second <= 59 ? ((hour * 60 + minute) * 60 + second) * 1000 : Number.NaN
}

function offsetOf(zone: string): number {
  if (zone.length === 1) return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  if (hours > 23 || minutes > 59) return Number.NaN
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * minuteMs
}
