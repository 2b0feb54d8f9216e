import { refusal, type StandInResponse } from './responses.ts'
import { slidingWindow } from './window.ts'

/** The options of the limits. All are required. */
export interface LimitOptions {
  requestsPerMinute: number
  customerWritesPerMinute: number
  retryAfter: boolean
  now: () => number
}

/**
 * Kustomer's two limits: one for the organisation, one for each customer.
 * The limit of the organisation answers 429 with 0 remaining and a reset time. The limit of a customer answers 429 with
 * requests remaining and no reset time.
 */
export function limits({ requestsPerMinute, customerWritesPerMinute, retryAfter, now }: LimitOptions) {
  let org = slidingWindow(requestsPerMinute)
  let orgThrottledUntil = 0
  const writes = new Map<string, ReturnType<typeof slidingWindow>>()
  const throttledUntil = new Map<string, number>()

  const remaining = () => (now() < orgThrottledUntil ? 0 : org.remaining(now()))
  const wait = (until: number) =>
    retryAfter ? { 'retry-after': String(Math.max(1, Math.ceil((until - now()) / 1000))) } : {}
  const orgRefusal = (): StandInResponse => {
    const until = now() < orgThrottledUntil ? orgThrottledUntil : org.freeAt(now())
    const reset = { 'x-ratelimit-reset': String(Math.ceil(until / 1000)) }
    return { ...refusal(429, 'rate_limited', 'Too many requests'), headers: { ...reset, ...wait(until) } }
  }
  const customerRefusal = (until: number): StandInResponse => ({
    ...refusal(429, 'rate_limited', 'Too many updates of this customer'),
    headers: wait(until),
  })

  return {
    /** The headers of every answer. */
    headers: () => ({
      'x-ratelimit-limit': String(requestsPerMinute),
      'x-ratelimit-remaining': String(remaining()),
    }),
    /** Counts a request. Returns a 429 if the limit is reached; a refused request is not counted. */
    countRequest: (): StandInResponse | undefined =>
      now() >= orgThrottledUntil && org.take(now()) ? undefined : orgRefusal(),
    /** A fault: every request of the organisation gets a 429 for so many seconds. */
    throttle(seconds: number): StandInResponse {
      orgThrottledUntil = now() + seconds * 1000
      return orgRefusal()
    },
    /** A fault: every request about a person with one of these names gets a 429 for so many seconds. */
    throttleCustomer(names: string[], seconds: number): StandInResponse {
      const until = now() + seconds * 1000
      for (const name of names) throttledUntil.set(name, until)
      return customerRefusal(until)
    },
    /** Returns a 429 if the person is throttled by a fault. */
    checkPerson(names: string[]): StandInResponse | undefined {
      const until = Math.max(0, ...names.map(name => throttledUntil.get(name) ?? 0))
      return now() < until ? customerRefusal(until) : undefined
    },
    /** Counts a write of a customer. Returns a 429 if the limit of the customer is reached. */
    countWrite(id: string): StandInResponse | undefined {
      const window = writes.get(id) ?? slidingWindow(customerWritesPerMinute)
      writes.set(id, window)
      return window.take(now()) ? undefined : customerRefusal(window.freeAt(now()))
    },
    reset(): void {
      org = slidingWindow(requestsPerMinute)
      orgThrottledUntil = 0
      writes.clear()
      throttledUntil.clear()
    },
  }
}
