import type { EventTrace, Ledger } from '../../local-relay/ledger.ts'
import type { Point } from './shapes.ts'

/** Points kept: ten minutes of five seconds each. */
const maxPoints = 120

/** The relay's work over time. */
export interface Series {
  points: Point[]
  /** Closes the five seconds that are over. */
  tick(now: number): Point
  stop(): void
}

/** Collects what the charts show from a ledger; the caller keeps the time. */
export function createSeries(ledger: Ledger): Series {
  const points: Point[] = []
  let before = { ...ledger.counts }
  let ages: number[] = []
  const stop = ledger.subscribe(trace => ages.push(...ageAtDelivery(trace)))
  return {
    points,
    tick(at) {
      const { received, delivered, calls } = ledger.counts
      const point: Point = {
        at,
        received: received - before.received,
        delivered: delivered - before.delivered,
        calls: calls - before.calls,
        ...(ages.length > 0 && { ageSeconds: ages.reduce((sum, age) => sum + age, 0) / ages.length }),
      }
      before = { ...ledger.counts }
      ages = []
      points.push(point)
      if (points.length > maxPoints) points.shift()
      return point
    },
    stop,
  }
}

function ageAtDelivery({ state, attempts }: EventTrace): number[] {
  const age = state === 'delivered' ? attempts.at(-1)?.ageSeconds : undefined
  return age === undefined ? [] : [age]
}
