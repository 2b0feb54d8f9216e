import { personRecords as limits, metrics as names } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { MetricsPort } from '../runtime/metrics.ts'

/** Asks the store for something; gives undefined where it failed or did not answer in time. Never throws. */
export type AskStore = <T>(ask: () => Promise<T>) => Promise<{ value: T } | undefined>

/** What the access to the store reports to. */
export interface StorePorts {
  clock: Clock
  metrics: Pick<MetricsPort, 'add'>
  /** The store failed or was late: once an invocation. The error holds no personal data. */
  onUnavailable(error: unknown): void
}

/**
 * The access to the store for one invocation: every question ends within a second, and every one in vain counts. After
 * a late answer the store is left alone for two seconds, so that a store that hangs does not hold up every event.
 */
export function createStoreAccess({ clock, metrics, onUnavailable }: StorePorts): AskStore {
  let pausedUntilMs = 0
  let isReported = false
  const fail = (error: unknown): undefined => {
    metrics.add(names.personRecordsUnavailable, 1)
    if (!isReported) onUnavailable(error)
    isReported = true
  }
  return async ask => {
    if (clock.now() < pausedUntilMs) return undefined
    try {
      const answer = ask().then(value => ({ value }))
      const first = await Promise.race([answer, timeout(clock)])
      if (first) return first
      pausedUntilMs = clock.now() + limits.pauseMs
      return fail(new Error(`no answer within ${limits.timeoutMs} ms`))
    } catch (error) {
      return fail(error)
    }
  }
}

/** Waits in two parts: a container that stood still has time left to read the answer when it goes on. */
async function timeout(clock: Pick<Clock, 'sleep'>): Promise<void> {
  await clock.sleep(limits.timeoutMs / 2)
  await clock.sleep(limits.timeoutMs / 2)
}
