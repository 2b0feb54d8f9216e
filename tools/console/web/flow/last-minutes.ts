import type { Point } from '../../server/shapes.ts'

/** Returns for each point the sum of the minute that ends with it. `pointsPerMinute` is at least 1. */
export function lastMinutes(
  points: Pick<Point, 'received' | 'calls'>[],
  key: 'received' | 'calls',
  pointsPerMinute: number,
): number[] {
  return points.map((_, i) =>
    points.slice(Math.max(0, i + 1 - pointsPerMinute), i + 1).reduce((sum, point) => sum + point[key], 0),
  )
}
