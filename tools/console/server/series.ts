import type { EventTrace } from '../../local-relay/event-trace.ts'
import type { Ledger } from '../../local-relay/ledger.ts'
import type { Point } from './shapes.ts'

/** Points to keep: ten minutes, with one point for five seconds. */
const maxPoints = 120

/** The relay's work over time, for the charts. */
export interface Series {
  points: Point[]
  /** Ends a period of five seconds and returns its point. */
  tick(now: number): Point
  stop(): void
}

/** Collects the points of the charts from a ledger. The caller calls `tick` every five seconds. */
export function createSeries(ledger: Ledger): Series {
  const points: Point[] = []
  let before = { ...ledger.counts }
  let ages: number[] = []
  const stop = ledger.subscribe(trace => {
    for (const age of ageAtDelivery(trace)) ages.push(age)
  })
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
