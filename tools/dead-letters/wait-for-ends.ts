import { type Clock, systemClock } from '../../lib/runtime/clock.ts'
import type { Follower, ReplayEnd } from './follow.ts'

/** How long replayed events are followed. */
export interface WaitOptions {
  /** Milliseconds without any news after which the waiting ends. */
  patienceMs: number
  /** Whether all events were sent. Until then the waiting does not end. Default: they were. */
  isComplete?: () => boolean
  /** Ends the waiting at once. */
  signal?: AbortSignal
  /** Called after each look with the events that have ended since the last one. */
  onEnds?: (ends: ReplayEnd[]) => void
  /** Called when the person records could not be read. The next look tries again. */
  onFault?: (error: unknown) => void
  clock?: Clock
}

/** Milliseconds between two looks: short at first, since most events end within a second. */
const pause = { firstMs: 200, longestMs: 2_000 }

/**
 * Follows replayed events, from the first send on, until all have ended, nothing has ended for `patienceMs`, or `signal`
 * is aborted. Returns the ends. Events that have not ended are in `follower.waiting()`. Never throws.
 */
export async function waitForEnds(follower: Follower, options: WaitOptions): Promise<ReplayEnd[]> {
  const { patienceMs, isComplete = () => true, signal, onEnds, onFault, clock = systemClock } = options
  const ends: ReplayEnd[] = []
  let newsMs = clock.now()
  for (let ms = pause.firstMs; ; ms = Math.min(ms * 1.5, pause.longestMs)) {
    const wasComplete = isComplete()
    const found = await follower.look().catch((error: unknown) => {
      onFault?.(error)
      return []
    })
    for (const end of found) ends.push(end)
    if (found.length > 0 || !wasComplete) newsMs = clock.now()
    onEnds?.(found)
    const isOver = clock.now() - newsMs >= patienceMs || follower.waiting().length === 0
    if (wasComplete && (isOver || signal?.aborted)) return ends
    await clock.sleep(ms, signal)
  }
}
