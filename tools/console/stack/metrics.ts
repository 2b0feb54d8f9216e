import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { metrics as names } from '../../../lib/policy.ts'
import type { CountName } from '../../local-relay/counts.ts'
import type { Point } from '../server/shapes.ts'

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
  ['refused', 'ingest', names.deadLettered, 'Sum'],
  ['delivered', 'worker', names.delivered, 'Sum'],
  ['skipped', 'worker', names.skipped, 'Sum'],
  ['retries', 'worker', names.retried, 'Sum'],
  ['deadLettered', 'worker', names.deadLettered, 'Sum'],
  ['age', 'worker', names.ageAtDelivery, 'Average'],
]

/**
 * Reads the relay's metrics of the last three hours from CloudWatch. `namespace` is that of the stage. Rejects as
 * CloudWatch does.
 */
export async function readMetrics(
  cloudWatch: Pick<CloudWatchClient, 'send'>,
  namespace: string,
  nowMs: number,
): Promise<StackNumbers> {
  const end = Math.ceil(nowMs / 60_000) * 60_000
  const start = end - shownMinutes * 60_000
  const { MetricDataResults = [] } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(start),
      EndTime: new Date(end),
      MetricDataQueries: [...sources.map(source => queryOf(source, namespace)), callsOf(namespace)],
    }),
  )
  const at = new Map(
    MetricDataResults.map(({ Id, Timestamps = [], Values = [] }) => [
      Id,
      new Map(Timestamps.map((time, i) => [time.getTime(), Values[i] ?? 0])),
    ]),
  )
  const valueAt = (id: string, time: number) => at.get(id)?.get(time)
  const sumOf = (id: string) => [...(at.get(id)?.values() ?? [])].reduce((sum, value) => sum + value, 0)
  const times = Array.from({ length: shownMinutes }, (_, i) => start + i * 60_000)
  return {
    counts: countsOf(sumOf),
    points: times.map(time => {
      const ageSeconds = valueAt('age', time)
      const [received, delivered, calls] = ['received', 'delivered', 'calls'].map(
        id => valueAt(id, time) ?? 0,
      )
      const sums = { received: received ?? 0, delivered: delivered ?? 0, calls: calls ?? 0 }
      return { at: time + 60_000, ...sums, ...(ageSeconds !== undefined && { ageSeconds }) }
    }),
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

/** The calls are counted by kind and status: their sum is an expression over all of them. */
function callsOf(namespace: string): MetricDataQuery {
  const search = `SEARCH('{"${namespace}","service","kind","status"} MetricName="${names.calls}"', 'Sum', 60)`
  return { Id: 'calls', Expression: `SUM(${search})`, Period: 60 }
}
