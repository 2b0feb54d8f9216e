import type { EventRow } from '../../server/shapes.ts'
import { stateNames } from '../parts/state-label.tsx'

/** Counts events by their states, in words: `4 of the latest: 3 delivered, 1 dead-lettered`. */
export function tally(events: EventRow[]): string {
  const byState = [...Map.groupBy(events, ({ state }) => stateNames[state] ?? state)]
  const states = byState.map(([state, all]) => `${all.length} ${state}`).join(', ')
  return `${events.length} of the latest${states && `: ${states}`}`
}
