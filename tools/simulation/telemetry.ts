import type { Log } from '../../lib/runtime/log.ts'
import type { MetricsPort } from '../../lib/runtime/metrics.ts'

/** One line of a log. */
export interface LogLine {
  at: number
  container: string
  level: 'info' | 'warn' | 'error'
  message: string
  fields: Record<string, unknown>
}

/** One value of a metric. */
export interface MetricValue {
  at: number
  container: string
  name: string
  value: number
  dimensions?: Record<string, string>
}

/** What the relay said of itself during a run, in order. */
export interface Telemetry {
  logs: LogLine[]
  metrics: MetricValue[]
}

/** Where what the relay says goes: `Telemetry` keeps all of it. */
export interface TelemetrySink {
  logs: { push(line: LogLine): unknown }
  metrics: { push(value: MetricValue): unknown }
}

/** The log of one container: its lines go to `telemetry`. */
export function logTo(telemetry: TelemetrySink, container: string, now: () => number): Log {
  const write = (level: LogLine['level']) => (message: string, fields: Record<string, unknown>) =>
    void telemetry.logs.push({ at: now(), container, level, message, fields })
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

/** The metrics of one container: its values go to `telemetry`. */
export function metricsTo(
  telemetry: TelemetrySink,
  container: string,
  now: () => number,
): MetricsPort & { flush(): void } {
  return {
    add: (name, value) => void telemetry.metrics.push({ at: now(), container, name, value }),
    addWith: (dimensions, name, value) =>
      void telemetry.metrics.push({ at: now(), container, name, value, dimensions }),
    flush() {},
  }
}
