import { describe, expect, test } from 'vitest'
import { closedGate } from '../../../tools/simulation/properties/closed-gate.ts'
import { withinShare } from '../../../tools/simulation/properties/within-share.ts'
import { withChanges } from '../../../tools/simulation/scenario.ts'
import { calm } from '../../../tools/simulation/scenario-base.ts'
import { simulationStartMs as start } from '../../../tools/simulation/virtual-clock.ts'
import { call, evidenceOfEvents, failed } from './evidence.ts'

const scenario = withChanges(calm, { requestsPerMinute: 125, share: 0.8 })
const each = { recordSaveMs: 2_000, isLimiterShared: false }
const calls = (count: number, seconds: number) =>
  Array.from({ length: count }, (_, i) => call('', (i * seconds) / count, { container: `worker-${i % 3}` }))
const found = (count: number, seconds: number, more: object = {}) =>
  withinShare.find(evidenceOfEvents([], { scenario, calls: calls(count, seconds), ...more }))

test('holds up to the share and 2 %, in any minute', () => {
  expect(found(102, 30)).toEqual([])
  expect(found(300, 181)).toEqual([])
})

test('is broken by the worst minute', () => {
  expect(found(104, 30)).toEqual(['104 requests in a minute, 102 are allowed'])
  const late = calls(103, 20).map(one => ({ ...one, sentAt: one.sentAt + 600_000 }))
  expect(withinShare.find(evidenceOfEvents([], { scenario, calls: late }))).toHaveLength(1)
})

test('with a limiter in each container one more is allowed for each', () => {
  expect(found(103, 30, { design: each })).toEqual([])
  expect(found(104, 30, { design: each })).toHaveLength(1)
})

test('what a frozen container had been granted may come at once', () => {
  const freezes = [{ container: 'worker-1', at: start - 10_000, ms: 20_000 }]
  expect(found(110, 30, { freezes })).toEqual([])
})

test('a container that the table does not answer may add its own part', () => {
  const failure = (of: string) => ({ tableFailures: [{ container: 'worker-1', of, at: start - 30_000 }] })
  expect(found(122, 30, failure('rate'))).toEqual([])
  expect(found(123, 30, failure('rate'))).toHaveLength(1)
  expect(found(122, 30, failure('people'))).toHaveLength(1)
})

describe('the gate after a 429 of the organisation', () => {
  const told = failed('m1', 1, 429, { closedUntil: start + 20_000 })
  const gate = (more: object, ...made: ReturnType<typeof call>[]) =>
    closedGate.find(evidenceOfEvents([], { calls: [told, ...made], ...more }))
  const other = { container: 'worker-2' }

  test('is closed for all containers until the reset', () => {
    expect(gate({}, call('m1', 20), call('m2', 21, other))).toEqual([])
    expect(gate({}, call('m2', 10, other))).toEqual(['1 requests by worker-1 while closed'])
  })

  test('is closed for the others two seconds later, unless the table failed for one of them', () => {
    expect(gate({}, call('m2', 2, other))).toEqual([])
    expect(gate({}, call('m1', 2))).toHaveLength(1)
    const failure = (container: string, of: string) => ({
      tableFailures: [{ container, of, at: start + 1_500 }],
    })
    expect(gate(failure('worker-1', 'rate'), call('m2', 10, other))).toEqual([])
    expect(gate(failure('worker-2', 'rate'), call('m2', 10, other))).toEqual([])
    expect(gate(failure('worker-2', 'people'), call('m2', 10, other))).toHaveLength(1)
    expect(gate(failure('worker-1', 'rate'), call('m1', 10))).toHaveLength(1)
  })

  test('is unknown to the others where the one that was told died at once', () => {
    const death = (container: string, seconds: number) => ({
      deaths: [{ container, at: start + seconds * 1_000, why: 'crash' }],
    })
    expect(gate(death('worker-1', 1.2), call('m2', 10, other))).toEqual([])
    expect(gate(death('worker-1', 9), call('m2', 10, other))).toHaveLength(1)
    expect(gate(death('worker-2', 1.2), call('m2', 10, other))).toHaveLength(1)
  })

  test('is closed for the one container that knows, where each has a limiter', () => {
    expect(gate({ design: each }, call('m2', 10, other))).toEqual([])
    expect(gate({ design: each }, call('m2', 10))).toHaveLength(1)
  })

  test('is no concern of a reset that is far away, or of a container that stood still', () => {
    const far = { ...told, closedUntil: start + 7_200_000 }
    expect(closedGate.find(evidenceOfEvents([], { calls: [far, call('m1', 150)] }))).toEqual([])
    expect(
      gate({ freezes: [{ container: 'worker-1', at: start + 1_050, ms: 5_000 }] }, call('m1', 6)),
    ).toEqual([])
  })
})
