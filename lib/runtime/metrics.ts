import type { Metrics } from '@aws-lambda-powertools/metrics'

/** Counts and measures; `dimensions` make a metric of their own for each combination, so they must be few. */
export interface MetricsPort {
  add(name: string, value: number, unit?: 'Count' | 'Seconds' | 'Percent'): void
  addWith(dimensions: Record<string, string>, name: string, value: number): void
}

/**
 * metrics over Powertools, which writes CloudWatch's embedded metric format. What is counted with dimensions is summed
 * up to `flush`, so that an invocation writes one line for each combination and not one for each request.
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
