/** One line of the bench: a measured figure, and its bar (the limit that it must meet) if there is one. */
export interface Figure {
  name: string
  /** The value to compare with the bar: a ratio to the baseline, or the figure itself if there is no baseline. */
  value: number
  unit: string
  /** The absolute values behind the ratio. */
  detail: string
  /** The values of which `value` is the mean, by name. */
  parts?: Record<string, number>
  bar?: { atLeast?: number; atMost?: number }
}

/** Whether a figure meets its bar. A figure without a bar always does. */
export function holds({ value, bar }: Figure): boolean {
  return (
    value >= (bar?.atLeast ?? Number.NEGATIVE_INFINITY) && value <= (bar?.atMost ?? Number.POSITIVE_INFINITY)
  )
}

/** Returns the median of numbers. */
export function median(values: number[]): number {
  return percentile(values, 0.5)
}

/** Returns a percentile of numbers. `part` is 0 to 1. */
export function percentile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/** Rounds of each measurement: enough for a stable median. */
export const rounds = 9

/**
 * Measures the rates of several functions, in calls per second. After a warm-up they are measured in turns, and the
 * median of the rounds is returned. Each round runs for about `roundMs`.
 */
export function rates<T extends Record<string, () => unknown>>(
  subjects: T,
  roundMs = 60,
): Record<keyof T, number> {
  const names = Object.keys(subjects)
  const found: Record<string, number[]> = {}
  for (let round = -2; round < rounds; round++)
    for (const name of names) {
      const rate = rateOf(subjects[name] as () => unknown, roundMs)
      if (round >= 0) found[name] = [...(found[name] ?? []), rate]
    }
  return Object.fromEntries(names.map(name => [name, median(found[name] ?? [])])) as Record<keyof T, number>
}

function rateOf(subject: () => unknown, roundMs: number): number {
  const start = threadMs()
  let calls = 0
  let elapsed = 0
  do {
    for (let i = 0; i < 50; i++) kept.last = subject()
    calls += 50
    elapsed = threadMs() - start
  } while (elapsed < roundMs)
  return (calls / elapsed) * 1000
}

/**
 * Processor time of this thread so far, in milliseconds. Other processes on the machine do not count, nor does garbage
 * collection in other threads. For functions that do not wait.
 */
export function threadMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** Stores results, so that the measured call is not optimised away. */
const kept: { last?: unknown } = {}
