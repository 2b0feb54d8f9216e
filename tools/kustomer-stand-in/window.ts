const minuteMs = 60_000

/**
 * Counts in a sliding window: at most `limit` are taken in any 60 s. Refusals are not counted.
 * All times are epoch ms and must not go backwards.
 */
export function slidingWindow(limit: number) {
  let hits: number[] = []
  let first = 0
  const forget = (now: number) => {
    while ((hits[first] ?? Number.POSITIVE_INFINITY) <= now - minuteMs) first += 1
    if (first < 10_000 && first < hits.length) return
    hits = hits.slice(first)
    first = 0
  }
  const remaining = (now: number) => {
    forget(now)
    return Math.max(0, limit - (hits.length - first))
  }
  return {
    remaining,
    take(now: number): boolean {
      if (remaining(now) === 0) return false
      hits.push(now)
      return true
    },
    /** Returns the time when the next place is free. Call it only if there is no place now. */
    freeAt: (now: number) => (hits[first] ?? now - minuteMs) + minuteMs,
  }
}
