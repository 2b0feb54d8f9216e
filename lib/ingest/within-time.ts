import type { Clock } from '../runtime/clock.ts'

/** Thrown where the time was over before the work was done. */
class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
}

/**
 * Does work that must be answered within `leftMs` milliseconds. When they are over, the work's signal is aborted, so
 * that it starts nothing more: its caller was told that it failed and will ask again.
 * @throws TimeoutError then; else whatever the work throws.
 */
export async function withinTime<T>(
  work: (signal: AbortSignal) => Promise<T>,
  leftMs: number,
  clock: Pick<Clock, 'sleep'>,
): Promise<T> {
  const [done, late] = [new AbortController(), new AbortController()]
  const tooLate = async () => {
    await clock.sleep(Math.max(0, leftMs), done.signal)
    if (!done.signal.aborted) late.abort()
    throw new TimeoutError('the time is over')
  }
  try {
    return await Promise.race([work(late.signal), tooLate()])
  } finally {
    done.abort()
  }
}
