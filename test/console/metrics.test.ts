import type { GetMetricDataCommand, GetMetricDataOutput, MetricDataResult } from '@aws-sdk/client-cloudwatch'
import { expect, test } from 'vitest'
import { readMetrics, shownMinutes } from '../../tools/console/stack/metrics.ts'

/** Half a minute after a full one. */
const now = Date.parse('2026-11-26T12:00:30Z')
const minutesAgo = (n: number) => new Date(Date.parse('2026-11-26T12:00:00Z') - n * 60_000)

/** A result as GetMetricData has it: its newest point first. `values` are of the minutes that began so long ago. */
function result(Id: string, values: Record<number, number>, Label = Id): MetricDataResult {
  const minutes = Object.keys(values)
    .map(Number)
    .sort((a, b) => a - b)
  return {
    ...{ Id, Label, StatusCode: 'Complete' },
    Timestamps: minutes.map(minutesAgo),
    Values: minutes.map(minute => values[minute] ?? 0),
  }
}

/** Reads from a CloudWatch that answers with these pages. Returns also the requests that were made. */
async function read(...pages: MetricDataResult[][]) {
  const requests: GetMetricDataCommand['input'][] = []
  const send = async ({ input }: GetMetricDataCommand): Promise<GetMetricDataOutput> => {
    requests.push(input)
    const page = Number(input.NextToken ?? 0)
    const NextToken = page + 1 < pages.length ? { NextToken: String(page + 1) } : {}
    return { MetricDataResults: pages[page] ?? [], Messages: [], ...NextToken }
  }
  const numbers = await readMetrics({ send } as never, 'KustomerRelay/prod', now)
  return { ...numbers, requests, at: (ago: number) => numbers.points.find(atMinute(ago)) }
}

/** A point stands at the end of its minute. */
const atMinute =
  (ago: number) =>
  ({ at }: { at: number }) =>
    at === minutesAgo(ago).getTime() + 60_000

test('the calls are the sum of a search, which has one result for each kind and status', async () => {
  const label = (kind: string, status: string) => `worker ${kind} ${status}`
  const { counts, at, requests } = await read([
    result('received', { 2: 5, 3: 7 }),
    result('calls', { 2: 4, 3: 6 }, label('track', '2xx')),
    result('calls', { 3: 3 }, label('create', '2xx')),
    result('calls', { 2: 1 }, label('track', '5xx')),
  ])
  expect(counts).toMatchObject({ received: 12, calls: 14 })
  expect([at(2)?.calls, at(3)?.calls]).toEqual([5, 9])
  const search = requests[0]?.MetricDataQueries?.find(({ Id }) => Id === 'calls')?.Expression
  expect(search).toBe(
    `SEARCH('{"KustomerRelay/prod","service","kind","status"} MetricName="KustomerCalls"', 'Sum', 60)`,
  )
})

test('all pages are read: a later one goes on with a result that was partial', async () => {
  const partial = { ...result('received', { 2: 5 }), StatusCode: 'PartialData' } as const
  const { counts, at, requests } = await read(
    [partial, result('delivered', { 2: 4 })],
    [result('received', { 3: 7 })],
    [result('received', { 4: 1 }), result('calls', { 2: 9 })],
  )
  expect(counts).toMatchObject({ received: 13, delivered: 4, calls: 9 })
  expect([at(2)?.received, at(3)?.received, at(4)?.received]).toEqual([5, 7, 1])
  expect(requests.map(({ NextToken }) => NextToken)).toEqual([undefined, '1', '2'])
})

test('a point that comes with two pages counts once', async () => {
  const { counts } = await read([result('received', { 2: 5 })], [result('received', { 2: 5, 3: 1 })])
  expect(counts.received).toBe(6)
})

test('a minute without data is zero events, and has no age', async () => {
  const { points, at } = await read([
    result('received', { 2: 5, 5: 7 }),
    result('age', { 2: 0.5 }),
    result('delivered', {}),
  ])
  expect(at(2)).toMatchObject({ received: 5, ageSeconds: 0.5 })
  expect(at(3)).toEqual({ at: minutesAgo(2).getTime(), received: 0, delivered: 0, calls: 0 })
  expect(points.map(one => one.at)).toEqual(points.map((_, i) => (points[0]?.at ?? 0) + i * 60_000))
})

test('nothing at all is zeros, whether the results are empty or missing', async () => {
  for (const page of [[], [result('received', {}), result('calls', {})]]) {
    const { counts, points } = await read(page)
    expect(new Set(Object.values(counts))).toEqual(new Set([0]))
    expect(points.every(({ received, calls }) => received + calls === 0)).toBe(true)
    expect(points.length).toBeGreaterThan(shownMinutes - 10)
  }
})

test('the minutes that CloudWatch does not have yet are no drop to zero', async () => {
  const busy = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [i + 2, 10]))
  const { points, counts } = await read([result('received', { ...busy, 0: 3 })])
  expect(points.at(-1)).toMatchObject({ at: minutesAgo(1).getTime(), received: 10 })
  expect(counts.received).toBe(603)
})

test('a relay that has been idle for longer than CloudWatch takes is at zero', async () => {
  const { points } = await read([result('received', { 30: 10 })])
  expect(points.at(-1)?.received).toBe(0)
})

test('an error inside the answer is an error, not zeros', async () => {
  const failed = {
    Id: 'received',
    Label: 'received',
    StatusCode: 'InternalError',
    Values: [],
    Timestamps: [],
  }
  await expect(read([failed as MetricDataResult])).rejects.toThrow('InternalError')
})
