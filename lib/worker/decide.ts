import type { Outcome } from '../delivery/outcome.ts'
import type { DeadLetterCode } from '../errors.ts'
import { retry } from '../policy.ts'
import { backoff, capped, type RetryTimes, waitAfter } from './backoff.ts'
import type { Attempts } from './count-attempts.ts'

/** What happens to a message next. `deadLetter` moves it to the dead-letter queue with its reason. */
export type Decision =
  | { kind: 'done' }
  | { kind: 'retry'; inSeconds: number }
  | { kind: 'deadLetter'; code: DeadLetterCode; why: string }

/** What `decide` takes into account besides the outcome. */
export interface Circumstances {
  attempts: Attempts
  /** How often SQS has delivered the message (`ApproximateReceiveCount`). */
  receives: number
  /** Whether a retry may store the event a second time. */
  mayDouble: boolean
  times: RetryTimes
  /** A number from 0 to 1, for the jitter of the backoff. */
  random: number
}

/**
 * Turns an outcome into a decision: the relay's whole retry policy in one pure function. The README's table is
 * generated from it. Delays are whole seconds from 1 to the maximum. Never throws.
 */
export function decide(outcome: Outcome, circumstances: Circumstances): Decision {
  const { attempts, receives, mayDouble, times, random } = circumstances
  const { sinceFirstSeconds } = attempts
  const isGivenUp =
    sinceFirstSeconds > times.giveUpAfterSeconds && attempts.total >= retry.attemptsBeforeGivingUp
  const isBroken = sinceFirstSeconds >= retry.failedForSeconds && attempts.failed >= retry.failedAttempts
  const again = (seconds: number): Decision => ({ kind: 'retry', inSeconds: capped(seconds, times) })
  const deadLetter = (code: DeadLetterCode, why: string): Decision => ({ kind: 'deadLetter', code, why })
  switch (outcome.kind) {
    case 'delivered':
    case 'skipped':
      return { kind: 'done' }
    case 'rejected':
      return deadLetter(outcome.code, outcome.why)
    case 'conflict':
      return attempts.conflicts < retry.conflictAttempts
        ? again(times.baseSeconds)
        : deadLetter('CONFLICT', outcome.why)
    case 'unattempted':
      return again(
        outcome.isBehind ? outcome.inSeconds : Math.max(outcome.inSeconds, waitAfter(receives, times)),
      )
    case 'throttled':
      return again(Math.max(outcome.inSeconds, waitAfter(receives, times)))
    case 'unavailable':
      return isGivenUp
        ? deadLetter('UNAVAILABLE', `${outcome.why}. Replay it when Kustomer answers again.`)
        : again(backoff(attempts.unavailable, times, random, mayDouble))
    case 'unauthorized':
      return isGivenUp ? deadLetter('UNAUTHORIZED', outcome.why) : again(times.maxSeconds)
    case 'failed':
      return isBroken
        ? deadLetter('FAILED', `Report this bug of the relay, then replay: ${outcome.why}`)
        : again(backoff(attempts.failed, times, random, false))
  }
}
