import { describe, expect, test } from 'vitest'
import type { KustomerCall } from '../../../tools/simulation/kustomer-log.ts'
import { deliveredOnce, excusedDoubles } from '../../../tools/simulation/properties/delivered-once.ts'
import { simulationStartMs as start } from '../../../tools/simulation/virtual-clock.ts'
import { plannedTrack } from '../planned.ts'
import { call, evidenceOfEvents, failed } from './evidence.ts'

const day = 86_400
const lost = (seconds: number, more: Partial<KustomerCall> = {}) =>
  call('m1', seconds, {
    status: 0,
    isSuccess: false,
    neededMs: Infinity,
    repliedAt: start + seconds * 1_000 + 15_000,
    ...more,
  })
const events = [plannedTrack(1), plannedTrack(2)]
const found = (calls: KustomerCall[], more: object = {}) =>
  deliveredOnce.find(evidenceOfEvents(events, { calls, ...more }))

describe('holds where', () => {
  test.each<[string, KustomerCall[]]>([
    ['an event is delivered once', [call('m1', 1), call('m2', 2)]],
    ['it was not carried out before', [failed('m1', 1, 503), call('m1', 8)]],
    ['its answer was lost', [lost(1), call('m1', 20)]],
    ['its answer took longer than the relay waits', [lost(1, { neededMs: 16_000 }), call('m1', 30)]],
    ['the gateway said 504', [call('m1', 1, { status: 504, isSuccess: false }), call('m1', 8)]],
    ['it comes again after more than a week', [call('m1', 1), call('m1', 8 * day)]],
  ])('%s', (_, calls) => {
    expect(found(calls)).toEqual([])
  })

  test('the worker died before its record was saved', () => {
    const deaths = [{ container: 'worker-1', at: start + 2_500, why: 'crash' }]
    const calls = [call('m1', 1), call('m1', 400, { container: 'worker-2' })]
    expect(found(calls, { deaths })).toEqual([])
    expect(excusedDoubles(evidenceOfEvents(events, { calls, deaths }))).toBe(1)
  })

  test('the worker stood still twice, and died before its record was saved', () => {
    const freezes = [
      { container: 'worker-1', at: start + 1_000, ms: 5_000 },
      { container: 'worker-1', at: start + 7_000, ms: 90_000 },
    ]
    const deaths = [{ container: 'worker-1', at: start + 60_000, why: 'deadline' }]
    const calls = [call('m1', 1), call('m1', 400, { container: 'worker-2' })]
    expect(found(calls, { deaths, freezes })).toEqual([])
    expect(found(calls, { deaths, freezes: freezes.slice(0, 1) })).toHaveLength(1)
  })

  test('a hundred and twenty-eight others of the person came between', () => {
    const many = Array.from({ length: 130 }, (_, i) => plannedTrack(i + 1))
    const others = many.slice(1).map(({ mark }, i) => call(mark, 10 + i))
    const calls = [call('m1', 1), ...others, call('m1', 900)]
    expect(deliveredOnce.find(evidenceOfEvents(many, { calls }))).toEqual([])
  })

  test.each([1, 400])('the table failed in the invocation %d s after the start', seconds => {
    const tableFailures = [{ of: 'people' as const, container: 'worker-1', at: start + seconds * 1_000 }]
    expect(found([call('m1', 1), call('m1', 400)], { tableFailures })).toEqual([])
    expect(found([call('m1', 100), call('m1', 300)], { tableFailures })).toHaveLength(1)
  })

  test('two events bring the same content', () => {
    const same = [plannedTrack(1), plannedTrack(2, { contentMark: 'm1' })]
    const calls = [call('m1', 1), call('m1', 900)]
    expect(deliveredOnce.find(evidenceOfEvents(same, { calls }))).toEqual([])
  })
})

describe('is broken where', () => {
  test.each<[string, KustomerCall[], string]>([
    [
      'a re-send is not recognised',
      [call('m1', 1), call('m1', 6 * day)],
      'm1 was delivered again 518399 s after the relay was told',
    ],
    [
      'the relay did not wait for an answer',
      [lost(1, { neededMs: 12_000, repliedAt: start + 9_000 }), call('m1', 20)],
      'm1 was delivered again 19 s after the relay had waited for less time than it must',
    ],
    [
      'it is stored again and again',
      [0, 20, 40, 80, 160, 320, 640].map(s => lost(s)),
      'm1 was stored 7 times',
    ],
  ])('%s', (_, calls, detail) => {
    expect(found(calls)).toEqual([detail])
  })

  test('the worker died long after, or in a later invocation', () => {
    const deaths = [{ container: 'worker-1', at: start + 30_000, why: 'crash' }]
    expect(found([call('m1', 1), call('m1', 400, { container: 'worker-2' })], { deaths })).toHaveLength(1)
    const early = [{ container: 'worker-1', at: start + 2_500, why: 'crash' }]
    const calls = [call('m1', 1), call('m2', 2), call('m1', 400, { container: 'worker-2' })]
    expect(found(calls, { deaths: early })).toHaveLength(1)
  })
})
