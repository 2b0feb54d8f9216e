const form = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?)?$/
const kustomers = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/
const hyphen = 45
const shortest = 'YYYY-MM-DD'.length
const minuteMs = 60_000
const firstMs = Date.parse('0000-01-01T00:00:00.000Z')
const lastMs = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * A date or date-time as Kustomer takes it, or undefined where the text is none: `YYYY-MM-DD`, or that with `T` or a
 * blank, `hh:mm[:ss[.fraction]]` and an optional zone; a real date of the years 0000 to 9999, also in UTC. What has
 * Kustomer's form already stays to the letter; anything else is written in UTC with milliseconds, no zone meaning UTC.
 */
export function toDateTime(text: string): string | undefined {
  // Nearly every text is no date: two characters tell.
  if (text.length < shortest || text.charCodeAt(4) !== hyphen || text.charCodeAt(7) !== hyphen)
    return undefined
  const parts = form.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction, zone] = parts
  const dayMs = dayOf(Number(year), Number(month), Number(day))
  const clockMs = clockOf(Number(hour), Number(minute), Number(second))
  const offsetMs = zone === undefined ? 0 : offsetOf(zone)
  const ms = dayMs + clockMs - offsetMs + (fraction === undefined ? 0 : millisecondsOf(fraction))
  // NaN, which an impossible part gives, is in no range.
  if (!(ms >= firstMs && ms <= lastMs)) return undefined
  return kustomers.test(text) ? text : new Date(ms).toISOString()
}

function dayOf(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return Number.NaN
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999; the calendar repeats every 400 years.
  return year > 99 ? Date.UTC(year, month - 1, day) : Date.UTC(year + 400, month - 1, day) - fourCenturiesMs
}

const fourCenturiesMs = Date.UTC(2400, 0, 1) - Date.UTC(2000, 0, 1)

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}

function clockOf(hour: number, minute: number, second: number): number {
  return hour > 23 || minute > 59 || second > 59 ? Number.NaN : ((hour * 60 + minute) * 60 + second) * 1000
}

function offsetOf(zone: string): number {
  if (zone.length === 1) return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  if (hours > 23 || minutes > 59) return Number.NaN
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * minuteMs
}

/** Of `.123456` the first three digits: what lies past milliseconds is cut. */
function millisecondsOf(fraction: string): number {
  return Number(fraction.slice(1, 4).padEnd(3, '0'))
}
