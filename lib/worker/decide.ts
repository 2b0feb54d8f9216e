import type { Outcome } from '../delivery/outcome.ts'
import type { DeadLetterCode } from '../errors.ts'
import { retry } from '../policy.ts'
import { backoff, capped, type RetryTimes } from './backoff.ts'

/** What becomes of a message. `deadLetter` puts it into the dead-letter queue with its reason. */
export type Decision =
  | { kind: 'done' }
  | { kind: 'retry'; inSeconds: number }
  | { kind: 'deadLetter'; code: DeadLetterCode; why: string }

/** What `decide` knows beside the outcome. `attempts` counts this one and leaves out receives that were mere waits. */
export interface Circumstances {
  attempts: number
  ageSeconds: number
  times: RetryTimes
  /** A number from 0 to 1 that spreads the backoff. */
  random: number
}

/**
 * From an outcome to a decision: the whole policy of the relay, pure and total. The README's table is this function.
 * Delays are whole seconds from 1 to the cap. Never throws.
 */
export function decide(outcome: Outcome, { attempts, ageSeconds, times, random }: Circumstances): Decision {
  const isTooOld = ageSeconds > times.giveUpAfterSeconds
  const again = (seconds: number): Decision => ({ kind: 'retry', inSeconds: capped(seconds, times) })
  const deadLetter = (code: DeadLetterCode, why: string): Decision => ({ kind: 'deadLetter', code, why })
  switch (outcome.kind) {
    case 'delivered':
    case 'skipped':
      return { kind: 'done' }
    case 'rejected':
      return deadLetter(outcome.code, outcome.why)
    case 'conflict':
      return attempts < retry.conflictAttempts
        ? again(times.baseSeconds)
        : deadLetter('CONFLICT', outcome.why)
    case 'throttled':
    case 'unattempted':
      return again(outcome.inSeconds)
    case 'unavailable':
      return isTooOld ? deadLetter('UNAVAILABLE', outcome.why) : again(backoff(attempts, times, random))
    case 'unauthorized':
      return isTooOld ? deadLetter('UNAUTHORIZED', outcome.why) : again(times.maxSeconds)
    case 'failed':
      return attempts < retry.failedAttempts
        ? again(backoff(attempts, times, random))
        : deadLetter('FAILED', outcome.why)
  }
}
