import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch'

/** Pages of one request. CloudWatch puts 100,800 points into each, so even a large relay has one. */
const maxPages = 20

/** The answers to some queries. `id` is a query's; a time is the start of a minute (epoch ms). */
export interface MetricData {
  /** The sum of a query's results at a time; undefined if there is no point. */
  valueAt(id: string, time: number): number | undefined
  sumOf(id: string): number
  /** Whether any query has a point at a time. */
  hasPointAt(time: number): boolean
}

/**
 * Reads the answers to metric queries, all pages of them. A query that is a search has one result for each metric that
 * it finds, all with the query's id and each with a label of its own; they are summed. A result that is partial goes on
 * on the next page. Source: docs.aws.amazon.com, API_GetMetricData and API_MetricDataResult, read on 2026-11-26.
 * @throws Error as CloudWatch does, or if a result failed on its side.
 */
export async function readMetricData(
  cloudWatch: Pick<CloudWatchClient, 'send'>,
  MetricDataQueries: MetricDataQuery[],
  [start, end]: [start: number, end: number],
): Promise<MetricData> {
  const request = { MetricDataQueries, StartTime: new Date(start), EndTime: new Date(end) }
  const series = new Map<string, { id: string; values: Map<number, number> }>()
  let NextToken: string | undefined
  for (let page = 0; page < maxPages; page++) {
    const answer = await cloudWatch.send(new GetMetricDataCommand({ ...request, NextToken }))
    for (const {
      Id = '',
      Label = '',
      StatusCode,
      Timestamps = [],
      Values = [],
    } of answer.MetricDataResults ?? []) {
      if (StatusCode === 'InternalError' || StatusCode === 'Forbidden')
        throw new Error(`CloudWatch answered ${StatusCode} for ${Label || Id}`)
      const key = JSON.stringify([Id, Label])
      const { values } = series.get(key) ?? { values: new Map<number, number>() }
      for (const [i, time] of Timestamps.entries()) values.set(time.getTime(), Values[i] ?? 0)
      series.set(key, { id: Id, values })
    }
    NextToken = answer.NextToken
    if (!NextToken) break
  }
  return summed([...series.values()])
}

function summed(series: { id: string; values: Map<number, number> }[]): MetricData {
  const sums = new Map<string, Map<number, number>>()
  for (const { id, values } of series) {
    const sum = sums.get(id) ?? new Map<number, number>()
    for (const [time, value] of values) sum.set(time, (sum.get(time) ?? 0) + value)
    sums.set(id, sum)
  }
  return {
    hasPointAt: time => [...sums.values()].some(sum => sum.has(time)),
    valueAt: (id, time) => sums.get(id)?.get(time),
    sumOf: id => [...(sums.get(id)?.values() ?? [])].reduce((sum, value) => sum + value, 0),
  }
}
