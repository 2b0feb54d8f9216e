import type { StandInResponse } from './responses.ts'
import { type RetryOptions, tooManyRequests } from './too-many-requests.ts'
import { slidingWindow } from './window.ts'

/** The options of the organisation's limit. All are required. */
export interface OrganisationLimitOptions extends RetryOptions {
  requestsPerMinute: number
}

/**
 * Creates the limit of all requests of an organisation.
 * It answers 429 with 0 remaining and a reset time (epoch seconds).
 */
export function createOrganisationLimit(options: OrganisationLimitOptions) {
  const { requestsPerMinute, now } = options
  let window = slidingWindow(requestsPerMinute)
  let throttledUntil = 0

  const remaining = () => (now() < throttledUntil ? 0 : window.remaining(now()))
  const refusal = (): StandInResponse => {
    const until = now() < throttledUntil ? throttledUntil : window.freeAt(now())
    const reset = { 'x-ratelimit-reset': String(Math.ceil(until / 1000)) }
    return tooManyRequests('Too many requests', until, options, reset)
  }

  return {
    /** The headers of every answer. */
    headers: () => ({
      'x-ratelimit-limit': String(requestsPerMinute),
      'x-ratelimit-remaining': String(remaining()),
    }),
    /** Counts a request. Returns a 429 if the limit is reached; a refused request is not counted. */
    countRequest: (): StandInResponse | undefined =>
      now() >= throttledUntil && window.take(now()) ? undefined : refusal(),
    /** A fault: every request of the organisation gets a 429 for so many seconds. */
    throttle(seconds: number): StandInResponse {
      throttledUntil = now() + seconds * 1000
      return refusal()
    },
    /** Milliseconds for which that fault still lasts; 0: it does not. */
    throttledForMs: () => Math.max(0, throttledUntil - now()),
    endThrottle(): void {
      throttledUntil = 0
    },
    reset(): void {
      window = slidingWindow(requestsPerMinute)
      throttledUntil = 0
    },
  }
}
