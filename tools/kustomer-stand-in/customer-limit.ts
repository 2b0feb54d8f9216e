import type { StandInResponse } from './responses.ts'
import { type RetryOptions, tooManyRequests } from './too-many-requests.ts'
import { slidingWindow } from './window.ts'

/** The options of the limit of each customer. All are required. */
export interface CustomerLimitOptions extends RetryOptions {
  customerWritesPerMinute: number
}

/**
 * Creates the limit of the writes of each customer.
 * It answers 429 without a reset time. The organisation has requests remaining.
 */
export function createCustomerLimit(options: CustomerLimitOptions) {
  const { customerWritesPerMinute, now } = options
  const writes = new Map<string, ReturnType<typeof slidingWindow>>()
  const throttledUntil = new Map<string, number>()
  const refusal = (until: number) => tooManyRequests('Too many updates of this customer', until, options)

  return {
    /** A fault: every request about a person with one of these names gets a 429 for so many seconds. */
    throttleCustomer(names: string[], seconds: number): StandInResponse {
      const until = now() + seconds * 1000
      for (const name of names) throttledUntil.set(name, until)
      return refusal(until)
    },
    /** Returns a 429 if the person is throttled by a fault. */
    checkPerson(names: string[]): StandInResponse | undefined {
      const until = Math.max(0, ...names.map(name => throttledUntil.get(name) ?? 0))
      return now() < until ? refusal(until) : undefined
    },
    /** Counts a write of a customer. Returns a 429 if the limit of the customer is reached. */
    countWrite(id: string): StandInResponse | undefined {
      const window = writes.get(id) ?? slidingWindow(customerWritesPerMinute)
      writes.set(id, window)
      return window.take(now()) ? undefined : refusal(window.freeAt(now()))
    },
    reset(): void {
      writes.clear()
      throttledUntil.clear()
    },
  }
}
