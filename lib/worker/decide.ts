import type { Outcome } from '../delivery/outcome.ts'
import type { DeadLetterCode } from '../errors.ts'
import { retry } from '../policy.ts'
import { backoff, capped, type RetryTimes, waitAfter } from './backoff.ts'
import type { Attempts } from './count-attempts.ts'

/** What becomes of a message. `deadLetter` puts it into the dead-letter queue with its reason. */
export type Decision =
  | { kind: 'done' }
  | { kind: 'retry'; inSeconds: number }
  | { kind: 'deadLetter'; code: DeadLetterCode; why: string }

/** What `decide` knows beside the outcome. */
export interface Circumstances {
  attempts: Attempts
  /** How often SQS has delivered the message. */
  receives: number
  /** Whether another attempt may store the event a second time. */
  mayDouble: boolean
  times: RetryTimes
  /** A number from 0 to 1 that spreads the backoff. */
  random: number
}

/**
 * From an outcome to a decision: the whole policy of the relay, pure and total. The README's table is this function.
 * Delays are whole seconds from 1 to the cap. Never throws.
 */
export function decide(outcome: Outcome, circumstances: Circumstances): Decision {
  const { attempts, receives, mayDouble, times, random } = circumstances
  const { sinceFirstSeconds } = attempts
  const isHopeless =
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
      return isHopeless
        ? deadLetter('UNAVAILABLE', outcome.why)
        : again(backoff(attempts.unavailable, times, random, mayDouble))
    case 'unauthorized':
      return isHopeless ? deadLetter('UNAUTHORIZED', outcome.why) : again(times.maxSeconds)
    case 'failed':
      return isBroken
        ? deadLetter('FAILED', outcome.why)
        : again(backoff(attempts.failed, times, random, false))
  }
}
