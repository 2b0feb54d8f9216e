/** One line of the bench: a figure measured, what it is measured against, and the bar if there is one. */
export interface Figure {
  name: string
  /** The ratio that the bar is about; for a figure without a baseline the figure itself. */
  value: number
  unit: string
  /** The absolutes behind the ratio. */
  detail: string
  bar?: { atLeast?: number; atMost?: number }
}

/** Whether a figure holds its bar; one without a bar always does. */
export function holds({ value, bar }: Figure): boolean {
  return (
    value >= (bar?.atLeast ?? Number.NEGATIVE_INFINITY) && value <= (bar?.atMost ?? Number.POSITIVE_INFINITY)
  )
}

/** The middle of some numbers. */
export function median(values: number[]): number {
  return percentile(values, 0.5)
}

/** The value below which a part of the numbers lies. */
export function percentile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/** Rounds of each measurement: enough that a median is steady. */
export const rounds = 9

/**
 * Rates of several functions, in calls a second: warmed up, then measured in alternating rounds, the median of each.
 * Each round runs for about `roundMs`.
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
  const start = performance.now()
  let calls = 0
  let elapsed = 0
  do {
    for (let i = 0; i < 50; i++) kept.last = subject()
    calls += 50
    elapsed = performance.now() - start
  } while (elapsed < roundMs)
  return (calls / elapsed) * 1000
}

/** Keeps what is measured from being optimised away. */
const kept: { last?: unknown } = {}
