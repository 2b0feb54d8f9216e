import { Duration } from 'aws-cdk-lib'
import { GraphWidget, type GraphWidgetProps, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import type { Watched } from './alarm-row.ts'
import { relayMetrics, shareUsed } from './relay-metrics.ts'

const minute = { period: Duration.minutes(1) }

/** Graphs of events from ingest to delivery, and of their age. */
export function eventsGraphs({ namespace }: Watched) {
  const { ingest, worker, apiRefusals } = relayMetrics(namespace)
  const sum = (of: typeof ingest, names: Parameters<typeof ingest>[0][]) => names.map(n => of(n, Stats.SUM))
  return [
    graph('Events', [
      ...sum(ingest, ['received', 'queued', 'ignored', 'deadLettered']),
      ...sum(worker, ['delivered', 'skipped', 'retried', 'deadLettered']),
    ]),
    graph('Refused at ingest', [...sum(ingest, ['refused', 'unauthenticated']), apiRefusals]),
    graph('Age at delivery and at retry (s)', [
      worker('ageAtDelivery', Stats.p(50)),
      worker('ageAtDelivery', Stats.p(95)),
      worker('ageAtRetry', Stats.MAXIMUM),
    ]),
  ]
}

/** Graphs of the calls to Kustomer. The relay's share in requests per minute is 100 %. */
export function kustomerGraphs({ namespace, config: { rate } }: Watched) {
  const { worker, calls } = relayMetrics(namespace)
  return [
    graph('Calls to Kustomer by kind and status', [calls]),
    graph('Share of the rate limit used (%)', [shareUsed(namespace, rate.requestsPerMinute * rate.share)], {
      leftAnnotations: [{ value: 100, label: 'whole share' }],
    }),
    graph('Failures, duplicates and conflicts', [
      worker('throttled', Stats.SUM),
      worker('unauthorized', Stats.SUM),
      worker('unavailable', Stats.SUM),
      worker('failed', Stats.SUM),
      worker('possibleDuplicate', Stats.SUM),
      worker('identityConflicts', Stats.SUM),
    ]),
  ]
}

/** Graphs of the two queues. */
export function queuesGraphs({ queues: { queue, deadLetters } }: Watched) {
  const maximum = { ...minute, statistic: Stats.MAXIMUM }
  return [
    graph('Waiting', [
      queue.metricApproximateNumberOfMessagesVisible({ ...maximum, label: 'waiting' }),
      queue.metricApproximateNumberOfMessagesNotVisible({ ...maximum, label: 'in flight or delayed' }),
    ]),
    graph('Dead letters', [
      deadLetters.metricApproximateNumberOfMessagesVisible({ ...maximum, label: 'dead' }),
    ]),
    graph('Oldest event (s)', [queue.metricApproximateAgeOfOldestMessage({ ...maximum, label: 'age' })]),
  ]
}

/** Graphs of the table of person records. */
export function peopleGraphs({ people: table, namespace }: Watched) {
  const { worker } = relayMetrics(namespace)
  const sum = { ...minute, statistic: Stats.SUM }
  return [
    graph('Person records: units', [
      table.metricConsumedReadCapacityUnits({ ...sum, label: 'read' }),
      table.metricConsumedWriteCapacityUnits({ ...sum, label: 'written' }),
    ]),
    graph('Person records: requests saved', [
      worker('deduplicated', Stats.SUM),
      worker('unchanged', Stats.SUM),
      worker('lookUpsSaved', Stats.SUM),
    ]),
    graph('Person records: faults', [
      worker('personRecordsUnavailable', Stats.SUM),
      table.metric('ReadThrottleEvents', { ...sum, label: 'reads throttled' }),
      table.metric('WriteThrottleEvents', { ...sum, label: 'writes throttled' }),
    ]),
  ]
}

/** Graphs of the API and the functions. */
export function functionsGraphs({ api, ingest, worker }: Watched) {
  const spread = (of: (props: { statistic: string }) => IMetric) =>
    [Stats.p(50), Stats.p(95), Stats.p(99)].map(statistic => of({ ...minute, statistic }))
  return [
    graph('Responses (ms)', [...spread(p => api.metricLatency({ ...p, label: `API ${p.statistic}` }))]),
    graph('Durations (ms)', [
      ...spread(p => ingest.metricDuration({ ...p, label: `ingest ${p.statistic}` })),
      ...spread(p => worker.metricDuration({ ...p, label: `worker ${p.statistic}` })),
    ]),
    graph('Faults', [
      api.metricClientError({ ...minute, statistic: Stats.SUM, label: 'API 4xx' }),
      api.metricServerError({ ...minute, statistic: Stats.SUM, label: 'API 5xx' }),
      worker.metricErrors({ ...minute, statistic: Stats.SUM, label: 'worker errors' }),
      worker.metricThrottles({ ...minute, statistic: Stats.SUM, label: 'worker throttles' }),
    ]),
  ]
}

function graph(title: string, left: IMetric[], more: GraphWidgetProps = {}) {
  return new GraphWidget({
    title,
    left,
    width: 8,
    height: 6,
    leftYAxis: { min: 0, showUnits: false },
    ...more,
  })
}
