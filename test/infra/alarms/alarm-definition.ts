import { dig, list, resourcesOf, type Template, text } from '../../../infra/checks/template.ts'

/** A metric of an alarm: where its values are in a `Series`, and the statistic of each period. */
export interface AlarmMetric {
  id: string
  key: string
  statistic: string
  periodMinutes: number
}

/** A metric alarm as CloudFormation creates it. */
export interface AlarmDefinition {
  id: string
  name: string
  metrics: AlarmMetric[]
  /** A formula over the metrics' ids; undefined for an alarm on one metric. */
  expression: string | undefined
  comparison: string
  threshold: number
  evaluationPeriods: number
  datapointsToAlarm: number
  isMissingBreaching: boolean
}

/** Reads the metric alarms of a template. Throws for a metric whose source it does not know. */
export function alarmDefinitions(template: Template): AlarmDefinition[] {
  return resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ id, properties }) => {
    const parts = list(dig(properties, 'Metrics'))
    const metrics = parts.length === 0 ? [metricOf('m', properties)] : parts.flatMap(metricIn)
    const number = (key: string) => Number(dig(properties, key))
    return {
      ...{ id, metrics, name: nameOf(properties) },
      expression: parts.map(part => dig(part, 'Expression')).find(part => typeof part === 'string'),
      comparison: String(dig(properties, 'ComparisonOperator')),
      threshold: number('Threshold'),
      evaluationPeriods: number('EvaluationPeriods'),
      datapointsToAlarm: number('DatapointsToAlarm'),
      isMissingBreaching: dig(properties, 'TreatMissingData') === 'breaching',
    }
  })
}

/** The composite alarms by name, with the logical ids of the alarms of which one is enough. */
export function compositeAlarms(template: Template) {
  return resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm').map(({ properties }) => {
    const rule = text(dig(properties, 'AlarmRule'))
    if (!/^\(?ALARM\("<…>"\)( OR ALARM\("<…>"\))*\)?$/.test(rule)) throw new Error(`not understood: ${rule}`)
    const parts = list(dig(properties, 'AlarmRule', 'Fn::Join', 1)).map(part => dig(part, 'Fn::GetAtt', 0))
    return { name: nameOf(properties), anyOf: parts.filter(id => id !== undefined).map(String) }
  })
}

function nameOf(properties: unknown) {
  return String(dig(properties, 'AlarmName')).replace(/^kustomer-relay-[a-z]+-/, '')
}

function metricIn(part: unknown): AlarmMetric[] {
  const stat = dig(part, 'MetricStat')
  if (stat === undefined) return []
  const metric = dig(stat, 'Metric')
  return [
    metricOf(String(dig(part, 'Id')), {
      ...Object(metric),
      Statistic: dig(stat, 'Stat'),
      Period: dig(stat, 'Period'),
    }),
  ]
}

function metricOf(id: string, properties: unknown): AlarmMetric {
  const statistic = dig(properties, 'Statistic') ?? dig(properties, 'ExtendedStatistic')
  return {
    id,
    key: `${sourceOf(properties)} ${dig(properties, 'MetricName')}`,
    statistic: String(statistic),
    periodMinutes: Number(dig(properties, 'Period')) / 60,
  }
}

/** The part of the stack that a metric is about: a function, a queue, or the API. */
function sourceOf(metric: unknown): string {
  const namespace = String(dig(metric, 'Namespace'))
  const value = dig(metric, 'Dimensions', 0, 'Value')
  const id = String(dig(value, 'Ref') ?? dig(value, 'Fn::GetAtt', 0) ?? value)
  if (namespace.startsWith('KustomerRelay/')) return value === undefined ? 'accessLog' : id
  if (namespace === 'AWS/ApiGateway') return 'api'
  if (namespace === 'AWS/SQS') return id.startsWith('EventsDeadLetters') ? 'deadLetters' : 'queue'
  if (namespace === 'AWS/Lambda') return id.startsWith('Ingest') ? 'ingest' : 'worker'
  throw new Error(`a metric of ${namespace} is not known`)
}
