import { personRecords as limits, metrics as names } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { MetricsPort } from '../runtime/metrics.ts'

/** Calls the store. Resolves to undefined when it failed or did not answer in time. Never throws. */
export type AskStore = <T>(ask: () => Promise<T>) => Promise<{ value: T } | undefined>

/** What the store access needs from outside. */
export interface StorePorts {
  clock: Clock
  metrics: Pick<MetricsPort, 'add'>
  /** Called once per invocation when the store failed or was late. The error holds no personal data. */
  onUnavailable(error: unknown): void
}

/**
 * Creates the store access of one invocation. Every call ends within a second, and every failed call is counted in the
 * metric. After a call that timed out, the store is not called for two seconds, so that it does not delay every event.
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
