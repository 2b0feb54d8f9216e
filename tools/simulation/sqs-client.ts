import { aws } from '../../lib/policy.ts'
import type { Random } from './random.ts'
import { SqsError } from './sqs-service.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** How the way to SQS misbehaves: the chance of each for one attempt, from 0 to 1. */
export interface SqsFaults {
  /** The request and its answer take up to `slowMs`: the SDK may give up, and SQS may carry it out all the same. */
  slow: number
  slowMs: number
  /** SQS answers 503 and does nothing. */
  failed: number
  /** SQS does it, and the answer is lost. */
  lost: number
}

/** What an SDK client needs: time, randomness, SQS and the faults on the way. */
export interface SqsClientOptions {
  clock: VirtualClock
  random: Random
  execute(command: object): object
  faults: SqsFaults
  /** Resolves while the SDK's own code runs: later in a frozen container, never in a stopped one. */
  whenRunning?(): Promise<void>
}

/** Milliseconds: an answer takes some ms (as users measure; AWS names no time). */
const latency = { leastMs: 3, spreadMs: 20, slowLeastMs: 500 }

/**
 * Sends commands as the AWS SDK does with the relay's settings: each attempt ends after `requestTimeout`, which does
 * not take the request back, and what may be retried is tried `maxAttempts` times in all (docs.aws.amazon.com, AWS SDKs
 * reference guide, "Retry behavior", read 2026-11-26). An abort rejects at once and starts no further attempt.
 */
export function createSqsClient(options: SqsClientOptions) {
  const { clock, random, whenRunning } = options
  const attempt = createAttempt(options)
  return {
    async send(command: object, { abortSignal }: { abortSignal?: AbortSignal } = {}): Promise<object> {
      for (let tries = 1; ; tries++) {
        if (abortSignal?.aborted) throw new SqsError('AbortError', false)
        try {
          return await orAborted(attempt(command), abortSignal)
        } catch (error) {
          if (!(error instanceof SqsError && error.isRetryable) || tries >= aws.maxAttempts) throw error
          await clock.sleep(random.int(100))
          await whenRunning?.()
        }
      }
    },
  }
}

/** One attempt of the SDK, with the faults on the way. */
function createAttempt({ clock, random, execute, faults }: SqsClientOptions) {
  return async (command: object): Promise<object> => {
    const isSlow = random.chance(faults.slow)
    const isFailed = random.chance(faults.failed)
    const isLost = random.chance(faults.lost)
    const totalMs =
      latency.leastMs +
      random.int(latency.spreadMs) +
      (isSlow ? latency.slowLeastMs + random.int(faults.slowMs) : 0)
    const thereMs = Math.ceil(totalMs * random.next())
    const limitMs = aws.requestHandler.requestTimeout
    if (isFailed) {
      await clock.sleep(Math.min(totalMs, limitMs))
      throw new SqsError('ServiceUnavailable', true)
    }
    if (thereMs >= limitMs) {
      clock.at(clock.now() + thereMs, () => void quietly(() => execute(command)))
      await clock.sleep(limitMs)
      throw new SqsError('TimeoutError', true)
    }
    await clock.sleep(thereMs)
    const result = execute(command)
    await clock.sleep(Math.min(totalMs, limitMs) - thereMs)
    if (isLost || totalMs >= limitMs) throw new SqsError('TimeoutError', true)
    return result
  }
}

/** A request whose sender has gone: what SQS answers reaches nobody. */
function quietly(act: () => void) {
  try {
    act()
  } catch {}
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new SqsError('AbortError', false)), { once: true })
    work.then(resolve, reject)
  })
}
