import type { Template } from '../../../infra/checks/template.ts'
import { type AlarmDefinition, alarmDefinitions, compositeAlarms } from './alarm-definition.ts'
import type { Series } from './series.ts'

const comparisons: Record<string, (value: number, threshold: number) => boolean> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
}

/**
 * Returns the names of the alarms that are in the state ALARM at some minute of the series, sorted. It evaluates each
 * alarm every minute over the latest periods, as CloudWatch does: a period breaches the threshold by its statistic, or
 * by the alarm's formula over several, and a period without data is treated as the alarm says (docs.aws.amazon.com,
 * CloudWatch user guide, "Alarm evaluation", read 2026-11-26). `IF` is CloudWatch's own function. `FILL` is not used: no
 * document says what it makes of a metric that has no data at all.
 */
export function firedAlarms(template: Template, series: Series): string[] {
  const fired = alarmDefinitions(template).filter(alarm => hasFired(alarm, series))
  const ids = new Set(fired.map(({ id }) => id))
  const composites = compositeAlarms(template).filter(({ anyOf }) => anyOf.some(id => ids.has(id)))
  return [...fired, ...composites].map(({ name }) => name).sort()
}

function hasFired(alarm: AlarmDefinition, series: Series): boolean {
  const breaches = breachesOf(alarm, series)
  const { evaluationPeriods, datapointsToAlarm } = alarm
  const period = periodOf(alarm)
  // An alarm about silence needs its whole window; the others start as if nothing had been before.
  const first = series.firstMinute + (alarm.isMissingBreaching ? evaluationPeriods * period : period)
  for (let end = first; end <= series.lastMinute + 1; end++) {
    const ends = Array.from({ length: evaluationPeriods }, (_, i) => end - i * period)
    if (ends.filter(breaches).length >= datapointsToAlarm) return true
  }
  return false
}

/** Tells whether the period that ends at a minute breaches the threshold. */
function breachesOf(alarm: AlarmDefinition, series: Series) {
  const formula = formulaOf(alarm)
  const period = periodOf(alarm)
  const compare = comparisons[alarm.comparison]
  if (!compare) throw new Error(`the comparison ${alarm.comparison} is not known`)
  const known = new Map<number, boolean>()
  return (end: number) => {
    const before = known.get(end)
    if (before !== undefined) return before
    const values = alarm.metrics.map(m => series.statistic(m.key, m.statistic, end - period, end))
    const value = formula(values)
    const breach = value === undefined ? alarm.isMissingBreaching : compare(value, alarm.threshold)
    known.set(end, breach)
    return breach
  }
}

type Value = number | undefined

/** The alarm's formula as a function of its metrics' values. A missing value makes the result missing, as in CloudWatch. */
function formulaOf({ expression, metrics }: AlarmDefinition): (values: Value[]) => Value {
  if (expression === undefined) return ([value]) => value
  const ids = metrics.map(({ id }) => id)
  const compiled = new Function('IF', ...ids, `return ${expression}`)
  const choose = (condition: boolean, yes: Value, no: Value) => (condition ? yes : no)
  return values => {
    const result = Number(values.includes(undefined) ? Number.NaN : compiled(choose, ...values))
    return Number.isFinite(result) ? result : undefined
  }
}

function periodOf({ name, metrics }: AlarmDefinition): number {
  const [period, ...others] = new Set(metrics.map(({ periodMinutes }) => periodMinutes))
  if (period === undefined || others.length > 0) throw new Error(`${name}: its metrics have several periods`)
  return period
}
