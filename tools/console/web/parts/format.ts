/** Formats seconds for people: `0.04 s`, `1.5 s`, `12 s`, `3 min`. */
export function seconds(value: number): string {
  if (value < 1) return `${Math.round(value * 100) / 100} s`
  if (value < 10) return `${Math.round(value * 10) / 10} s`
  return value < 120 ? `${Math.round(value)} s` : `${Math.round(value / 60)} min`
}

/** Formats epoch milliseconds as the time of day, to the second, with the day if it is not today. */
export function clock(at: number): string {
  const time = new Date(at)
  const text = time.toLocaleTimeString('en-GB')
  return time.toDateString() === new Date().toDateString()
    ? text
    : `${time.toLocaleDateString('en-CA')} ${text}`
}

/** Returns the zone of all times on the page, that of the browser: `UTC`, `UTC+02:00`. */
export function zone(now: Pick<Date, 'getTimezoneOffset'> = new Date()): string {
  const minutes = -now.getTimezoneOffset()
  if (minutes === 0) return 'UTC'
  const size = Math.abs(minutes)
  const [hours, rest] = [Math.floor(size / 60), size % 60].map(part => String(part).padStart(2, '0'))
  return `UTC${minutes < 0 ? '-' : '+'}${hours}:${rest}`
}

/** `1 note`, `2 notes`; with a plural of its own: `2 people`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? noun : plural}`
}

/** Returns the path and query of a URL, decoded if possible. */
export function pathOf(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/]+/, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
