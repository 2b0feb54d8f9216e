import type { CloudWatchClient, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { metrics as names } from '../../../lib/policy.ts'
import type { CountName } from '../../local-relay/counts.ts'
import type { Point } from '../server/shapes.ts'
import { type MetricData, readMetricData } from './metric-data.ts'

/** The counters of the shown period, and a point for each of its minutes. */
export interface StackNumbers {
  counts: Record<CountName, number>
  points: Point[]
}

/** The shown period, in minutes. */
export const shownMinutes = 180

type Source = [
  id: Exclude<CountName, 'calls'> | 'age',
  service: 'ingest' | 'worker',
  metric: string,
  stat: 'Sum' | 'Average',
]

const sources: Source[] = [
  ['received', 'ingest', names.received, 'Sum'],
  ['queued', 'ingest', names.queued, 'Sum'],
  ['ignored', 'ingest', names.ignored, 'Sum'],
  ['refused', 'ingest', names.refused, 'Sum'],
  ['repeated', 'worker', names.deduplicated, 'Sum'],
  ['delivered', 'worker', names.delivered, 'Sum'],
  ['skipped', 'worker', names.skipped, 'Sum'],
  ['retries', 'worker', names.retried, 'Sum'],
  ['deadLettered', 'worker', names.deadLettered, 'Sum'],
  ['age', 'worker', names.ageAtDelivery, 'Average'],
]

/** Minutes after which CloudWatch has every point. Younger minutes are shown only once it has one of them. */
const lagMinutes = 3

const minuteMs = 60_000

/**
 * Reads the relay's metrics of the last three hours from CloudWatch. `namespace` is that of the stage. The counters
 * include the running minute; the points end with the last full minute that CloudWatch has. Rejects as CloudWatch does.
 */
export async function readMetrics(
  cloudWatch: Pick<CloudWatchClient, 'send'>,
  namespace: string,
  nowMs: number,
): Promise<StackNumbers> {
  const end = Math.ceil(nowMs / minuteMs) * minuteMs
  const start = end - shownMinutes * minuteMs
  const queries = [...sources.map(source => queryOf(source, namespace)), callsOf(namespace)]
  const data = await readMetricData(cloudWatch, queries, [start, end])
  const running = Math.floor(nowMs / minuteMs) * minuteMs
  const times = Array.from({ length: shownMinutes }, (_, i) => start + i * minuteMs)
  const full = times.filter(time => time < running)
  const newest = Math.max(full.findLast(data.hasPointAt) ?? 0, running - (lagMinutes + 1) * minuteMs)
  return {
    counts: countsOf(data.sumOf),
    points: full.filter(time => time <= newest).map(time => pointOf(data, time)),
  }
}

/** A minute without a point is one without events. The age has no value then. */
function pointOf({ valueAt }: MetricData, time: number): Point {
  const sumAt = (id: string) => valueAt(id, time) ?? 0
  const ageSeconds = valueAt('age', time)
  return {
    at: time + minuteMs,
    ...{ received: sumAt('received'), delivered: sumAt('delivered'), calls: sumAt('calls') },
    ...(ageSeconds !== undefined && { ageSeconds }),
  }
}

function countsOf(sumOf: (id: string) => number): StackNumbers['counts'] {
  const ids = [...sources.flatMap(([id]) => (id === 'age' ? [] : id)), 'calls'] as const
  return Object.fromEntries(ids.map(id => [id, sumOf(id)])) as StackNumbers['counts']
}

function queryOf([Id, service, MetricName, Stat]: Source, Namespace: string): MetricDataQuery {
  const Metric = { Namespace, MetricName, Dimensions: [{ Name: 'service', Value: service }] }
  return { Id, MetricStat: { Metric, Period: 60, Stat } }
}

/** The calls are counted by kind and status: a search finds all of these metrics. */
function callsOf(namespace: string): MetricDataQuery {
  const dimensions = '"service","kind","status"'
  return {
    Id: 'calls',
    Expression: `SEARCH('{"${namespace}",${dimensions}} MetricName="${names.calls}"', 'Sum', 60)`,
    Period: 60,
  }
}
