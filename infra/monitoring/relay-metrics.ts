import { Duration } from 'aws-cdk-lib'
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { metrics } from '../../lib/policy.ts'

type Name = Exclude<keyof typeof metrics, 'namespace' | 'calls' | 'apiRefusals'>

/**
 * The functions' own metrics, by their names in `lib/policy.ts`, for alarms and dashboard. Powertools adds the
 * dimension `service`, the function that wrote it. The period is a minute, unless it is given.
 */
export function relayMetrics(namespace: string, period = Duration.minutes(1)) {
  const of = (service: string) => (name: Name, statistic: string) =>
    new Metric({
      namespace,
      metricName: metrics[name],
      dimensionsMap: { service },
      statistic,
      period,
      // A sum is labelled with its name; two percentiles of one metric need different labels.
      ...(statistic !== Stats.SUM && { label: `${metrics[name]} ${statistic}` }),
    })
  const apiRefusals = new Metric({ namespace, metricName: metrics.apiRefusals, statistic: Stats.SUM, period })
  return { ingest: of('ingest'), worker: of('worker'), calls: calls(namespace), apiRefusals }
}

/** Requests to Kustomer, one line for each kind and status that occurs. A search finds them, so none is listed here. */
function calls(namespace: string) {
  return expression(search(namespace), '')
}

/** The used part of the relay's share of the rate limit, in percent: the requests of all containers by `perMinute`. */
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
