import { Duration } from 'aws-cdk-lib'
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { metrics } from '../../lib/policy.ts'

type Name = Exclude<keyof typeof metrics, 'namespace' | 'calls'>

/**
 * The functions' own metrics, by their names in `lib/policy.ts`: alarms and dashboard reach them through this alone.
 * Powertools adds the dimension `service` to each: the function that wrote it. All are by minute.
 */
export function relayMetrics(namespace: string) {
  const of = (service: string) => (name: Name, statistic: string) =>
    new Metric({
      namespace,
      metricName: metrics[name],
      dimensionsMap: { service },
      statistic,
      period: Duration.minutes(1),
      // Sums are known by their name alone; two percentiles of one metric are not.
      ...(statistic !== Stats.SUM && { label: `${metrics[name]} ${statistic}` }),
    })
  return { ingest: of('ingest'), worker: of('worker'), calls: calls(namespace) }
}

/** Requests to Kustomer, a line for each kind and status that occurs: a search, so that none need be listed here. */
function calls(namespace: string) {
  return expression(search(namespace), '')
}

/** Percent of our share of Kustomer's rate limit that all containers together use: requests against `perMinute`. */
export function shareUsed(namespace: string, perMinute: number) {
  return expression(`100 * SUM(${search(namespace)}) / ${perMinute}`, 'share used')
}

function search(namespace: string) {
  const dimensions = ['service', 'kind', 'status'].map(name => `"${name}"`).join(',')
  return `SEARCH('{"${namespace}",${dimensions}} MetricName="${metrics.calls}"', 'Sum', 60)`
}

function expression(text: string, label: string) {
  return new MathExpression({ expression: text, label, period: Duration.minutes(1) })
}
