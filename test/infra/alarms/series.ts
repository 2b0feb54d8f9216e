/** A value of a metric. `at` is epoch milliseconds. */
interface Sample {
  at: number
  value: number
}

/** How the values of a period become one, as CloudWatch names it: `Sum`, `Average`, `Maximum`, `Minimum` or a percentile, `p99`. */
export type Statistic = string

const minuteMs = 60_000

/**
 * The values of all metrics, by the part of the stack that writes them and the metric's name, like
 * `worker EventsDelivered`. A period without a value has no statistic, as in CloudWatch.
 */
export class Series {
  readonly #byMinute = new Map<string, Map<number, number[]>>()
  /** The first and the last minute with a value, counted from the epoch. */
  firstMinute = Number.POSITIVE_INFINITY
  lastMinute = 0

  add(key: string, { at, value }: Sample): void {
    const minute = Math.floor(at / minuteMs)
    const minutes = this.#byMinute.get(key) ?? new Map<number, number[]>()
    this.#byMinute.set(key, minutes)
    const values = minutes.get(minute) ?? []
    minutes.set(minute, values)
    values.push(value)
    this.firstMinute = Math.min(this.firstMinute, minute)
    this.lastMinute = Math.max(this.lastMinute, minute)
  }

  /** The statistic of the minutes from `from`, including it, to `to`, without it; undefined without values. */
  statistic(key: string, statistic: Statistic, from: number, to: number): number | undefined {
    const minutes = this.#byMinute.get(key)
    const values = Array.from({ length: to - from }, (_, i) => minutes?.get(from + i) ?? []).flat()
    return values.length === 0 ? undefined : summarize(values, statistic)
  }

  /** Lets time pass without values until so many minutes after the first one. */
  lastFor(minutes: number): void {
    this.lastMinute = Math.max(this.lastMinute, this.firstMinute + minutes)
  }
}

function summarize(values: number[], statistic: Statistic): number {
  const sum = values.reduce((before, value) => before + value, 0)
  if (statistic === 'Sum') return sum
  if (statistic === 'Average') return sum / values.length
  if (statistic === 'Maximum') return Math.max(...values)
  if (statistic === 'Minimum') return Math.min(...values)
  const percent = Number(/^p(\d+)$/.exec(statistic)?.[1])
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length))] ?? Number.NaN
}
