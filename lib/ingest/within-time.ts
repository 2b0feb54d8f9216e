import type { Clock } from '../runtime/clock.ts'

/** Thrown when the time is over before the work is done. */
class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
}

/**
 * Does work that must end within `leftMs` milliseconds. When they are over, the work's signal is aborted, so that it
 * starts nothing more: the sender has been told that it failed and will send the request again.
 * @throws TimeoutError when the time is over; else whatever the work throws.
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
