import { refusal, type StandInResponse } from './responses.ts'

/** How a 429 tells when to come back: with `retry-after` or without it. */
export interface RetryOptions {
  retryAfter: boolean
  now: () => number
}

/**
 * Returns a 429 for a limit that is reached until `until` (epoch ms). `retry-after` is in whole seconds, at least 1.
 * `headers` come first.
 */
export function tooManyRequests(
  title: string,
  until: number,
  { retryAfter, now }: RetryOptions,
  headers: Record<string, string> = {},
): StandInResponse {
  const seconds = String(Math.max(1, Math.ceil((until - now()) / 1000)))
  const wait: Record<string, string> = retryAfter ? { 'retry-after': seconds } : {}
  return { ...refusal(429, 'rate_limited', title), headers: { ...headers, ...wait } }
}
