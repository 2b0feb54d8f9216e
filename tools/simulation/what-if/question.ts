import { InvalidArgumentError } from '@commander-js/extra-typings'
import { functions, rate } from '../../../lib/policy.ts'

/** What is asked. Times are in milliseconds of simulated time. */
export interface Question {
  events: number
  people: number
  /** Milliseconds over which the events arrive, evenly. */
  overMs: number
  /** Milliseconds from the start for which Kustomer answers 503 to everything. */
  outageMs: number
  /** Kustomer's limit in requests a minute, and the relay's part of it. */
  rate: number
  share: number
  concurrency: number
  /** The part of the events that are identifies, from 0 to 1; the first event of a person always is one. */
  identifies: number
  seed: number
}

/** What is asked where nothing else is said: a day's outage at the limits of the default deployment. */
export const defaultQuestion: Question = {
  events: 100_000,
  people: 10_000,
  overMs: 86_400_000,
  outageMs: 86_400_000,
  rate: rate.requestsPerMinute,
  share: rate.share,
  concurrency: functions.workerConcurrency,
  identifies: 0.2,
  seed: 1,
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Reads a duration such as `90s`, `30m`, `24h` or `2d`; throws an InvalidArgumentError where it is none. */
export function parseDuration(text: string): number {
  const [, number, unit] = /^(\d{1,6}(?:\.\d+)?)([smhd])$/.exec(text) ?? []
  if (!number || !unit) throw new InvalidArgumentError('Expected a duration such as 30m, 24h or 2d.')
  return Number(number) * unitMs[unit as keyof typeof unitMs]
}

/** A duration in words, of the two largest units. */
export function formatDuration(ms: number): string {
  const parts = [
    [Math.floor(ms / unitMs.d), 'd'],
    [Math.floor(ms / unitMs.h) % 24, 'h'],
    [Math.floor(ms / unitMs.m) % 60, 'min'],
    [Math.round(ms / unitMs.s) % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  if (first < 0) return '0 s'
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}
