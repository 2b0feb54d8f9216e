import { rate } from '../policy.ts'

/** The headers of a response, with names in lower case. */
export type Headers = Record<string, string | string[] | undefined>

/**
 * Seconds from `nowMs` until Kustomer takes requests again, read from `x-ratelimit-reset` or `retry-after`, the later
 * of the two. A number above 1e12 is epoch milliseconds, above 1e9 epoch seconds, else seconds from now; `retry-after`
 * may be an HTTP date. The result is from 1 to `rate.maxResetSeconds`, since a wrong header must not stop delivery for
 * a day. It is `rate.resetDefaultSeconds` when neither header names a time in the future.
 */
export function secondsToReset(headers: Headers, nowMs: number): number {
  const found = [headers['x-ratelimit-reset'], headers['retry-after']]
    .map(value => secondsFrom(String(value ?? '').trim(), nowMs))
    .filter(seconds => seconds >= 0)
  const seconds =
    found.length > 0 ? found.reduce((most, one) => Math.max(most, one)) : rate.resetDefaultSeconds
  return Math.max(1, Math.min(seconds, rate.maxResetSeconds))
}

/** Whether a 429 limits one customer only, which is so when the organisation has requests remaining. */
export function isOneCustomersLimit(headers: Headers): boolean {
  return (remainingIn(headers) ?? 0) > 0
}

/**
 * The organisation's limit in requests per minute, from `x-ratelimit-limit`. Undefined unless it is a number above 0.
 */
export function limitIn(headers: Headers): number | undefined {
  const limit = Number(headers['x-ratelimit-limit'])
  return limit > 0 && limit < Number.POSITIVE_INFINITY ? limit : undefined
}

/** The requests that remain in the window, from `x-ratelimit-remaining`. Undefined unless it is a number from 0 up. */
export function remainingIn(headers: Headers): number | undefined {
  const text = String(headers['x-ratelimit-remaining'] ?? '').trim()
  return /^\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : undefined
}

/** Seconds from `nowMs`: negative for a time in the past, NaN for a text that is not a time. */
function secondsFrom(text: string, nowMs: number): number {
  if (/[A-Za-z]/.test(text)) return Math.ceil((Date.parse(text) - nowMs) / 1000)
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (number > 1e12) return Math.ceil((number - nowMs) / 1000)
  return Math.ceil(number > 1e9 ? number - nowMs / 1000 : number)
}
