import type { EventRow } from '../../server/shapes.ts'
import { count, seconds } from './format.ts'

/** Returns in words how much work an event was, and what comes next: `1 attempt, 1 call, 0.2 s after its arrival`. */
export function workOf({
  state,
  attempts,
  calls,
  ageSeconds = 0,
  inSeconds = 0,
  status,
  reason,
}: EventRow): string {
  const work = `${count(attempts, 'attempt')}, ${count(calls, 'call')}`
  if (attempts === 0) return reason ?? 'in the queue'
  if (state === 'retrying')
    return `${work}; next attempt after ${seconds(inSeconds)}${status ? `, since the answer was ${status}` : ''}`
  return `${work}, ${seconds(ageSeconds)} after its arrival${reason ? `: ${reason}` : ''}`
}
