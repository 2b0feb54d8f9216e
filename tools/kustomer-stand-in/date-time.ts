/** The pattern of a date-time in Kustomer's OpenAPI description of May 2025. */
const pattern =
  /^[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([+-][0-9]{2}:?([0-9]{2})?|Z)$/

const parts =
  /^(?<year>\d{4,})-(?<month>\d\d)-(?<day>\d\d)T(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.\d+)?(?:Z|[+-](?<zoneHour>\d\d):?(?<zoneMinute>\d\d)?)$/

/**
 * Whether Kustomer accepts a string as a date-time: it matches the pattern, and the day and the time exist.
 * A date without a time, a time without a zone and 30 February are refused. Never throws.
 */
export function isDateTime(text: string): boolean {
  const groups = pattern.test(text) ? parts.exec(text)?.groups : undefined
  if (groups === undefined) return false
  const of = (name: string) => Number(groups[name] ?? 0)
  const isDay = of('day') >= 1 && of('day') <= daysIn(of('year'), of('month'))
  const isTime = of('hour') <= 23 && of('minute') <= 59 && of('second') <= 59
  return isDay && isTime && of('zoneHour') <= 23 && of('zoneMinute') <= 59
}

function daysIn(year: number, month: number): number {
  if (month < 1 || month > 12) return 0
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}
