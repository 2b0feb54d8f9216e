import { existsSync, readFileSync } from 'node:fs'
import type { Figure } from './measure.ts'

/** What `bench.json` holds. */
export interface Report {
  at: string
  machine: string
  figures: Figure[]
}

/**
 * Returns the figures of the last report, in its order, with those that were measured now in their places. So a single
 * part can be measured again. A report of another machine does not count. `file` may not exist.
 */
export function withEarlier(figures: Figure[], file: string, machine: string): Figure[] {
  const earlier: Report | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  if (earlier?.machine !== machine) return figures
  const now = new Map(figures.map(figure => [figure.name, figure]))
  const kept = earlier.figures.map(({ name, ...rest }) => now.get(name) ?? { name, ...rest })
  const names = new Set(kept.map(({ name }) => name))
  return [...kept, ...figures.filter(({ name }) => !names.has(name))]
}
