const form = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?)?$/
const kustomers = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:?\d\d|Z)$/
const firstMs = Date.parse('0000-01-01T00:00:00.000Z')
const lastMs = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * A date or date-time as Kustomer takes it, or undefined where the text is none: `YYYY-MM-DD`, or that with `T` or a
 * blank, `hh:mm[:ss[.fraction]]` and an optional zone; a real date of the years 0000 to 9999, also in UTC. What has
 * Kustomer's form already stays to the letter; anything else is written in UTC with milliseconds, no zone meaning UTC.
 */
export function toDateTime(text: string): string | undefined {
  if (text.charCodeAt(4) !== 45) return undefined
  const parts = form.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = parts
  const offset = offsetMinutes(zone)
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || offset === undefined)
    return undefined
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined
  const ms = Number(fraction.slice(1, 4).padEnd(3, '0'))
  date.setUTCHours(Number(hour), Number(minute) - offset, Number(second), ms)
  if (date.getTime() < firstMs || date.getTime() > lastMs) return undefined
  return kustomers.test(text) ? text : date.toISOString()
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(-2))
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
