import type { Metrics } from '@aws-lambda-powertools/metrics'

/** Writes metrics. Each combination of `dimensions` is a metric of its own, so there must be few. */
export interface MetricsPort {
  add(name: string, value: number, unit?: 'Count' | 'Seconds' | 'Percent'): void
  addWith(dimensions: Record<string, string>, name: string, value: number): void
}

/**
 * Metrics with Powertools, which writes CloudWatch's embedded metric format. Counts with dimensions are summed up until
 * `flush`, so that an invocation writes one line for each combination and not one for each request.
 */
export function powertoolsMetrics(metrics: Metrics): MetricsPort & { flush(): void } {
  const sums = new Map<string, { dimensions: Record<string, string>; name: string; value: number }>()
  return {
    add: (name, value, unit = 'Count') => void metrics.addMetric(name, unit, value),
    addWith(dimensions, name, value) {
      const key = JSON.stringify([name, dimensions])
      sums.set(key, { dimensions, name, value: value + (sums.get(key)?.value ?? 0) })
    },
    flush() {
      for (const { dimensions, name, value } of sums.values()) {
        const single = metrics.singleMetric()
        single.addDimensions(dimensions)
        single.addMetric(name, 'Count', value)
      }
      sums.clear()
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics()
    },
  }
}
