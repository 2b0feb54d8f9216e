import { Metrics } from '@aws-lambda-powertools/metrics'
import { beforeEach, expect, test, vi } from 'vitest'
import { powertoolsMetrics } from '../../lib/runtime/metrics.ts'

const written: Record<string, unknown>[] = []
beforeEach(() => {
  written.length = 0
  // Then Powertools writes to the console, which a test can observe, and not to its own stream.
  vi.stubEnv('POWERTOOLS_DEV', 'true')
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false')
  vi.spyOn(console, 'log').mockImplementation(line => void written.push(JSON.parse(line)))
  return () => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  }
})
const metrics = () => powertoolsMetrics(new Metrics({ namespace: 'KustomerRelay', serviceName: 'worker' }))

test('an invocation writes one line, and one for each combination of dimensions', () => {
  const one = metrics()
  for (const seconds of [1, 3]) one.add('AgeAtDelivery', seconds, 'Seconds')
  one.add('EventsDelivered', 1)
  for (let i = 0; i < 3; i++) one.addWith({ kind: 'record', status: '2xx' }, 'KustomerCalls', 1)
  one.addWith({ kind: 'find', status: '4xx' }, 'KustomerCalls', 1)
  expect(written).toEqual([])
  one.flush()
  expect(written).toMatchObject([
    { kind: 'record', status: '2xx', KustomerCalls: 3 },
    { kind: 'find', status: '4xx', KustomerCalls: 1 },
    { AgeAtDelivery: [1, 3], EventsDelivered: 1 },
  ])
})

test('values are written once, and without values no line is written', () => {
  const one = metrics()
  one.add('EventsDelivered', 1)
  one.addWith({ kind: 'find' }, 'KustomerCalls', 1)
  one.flush()
  one.flush()
  expect(written).toHaveLength(2)
})
