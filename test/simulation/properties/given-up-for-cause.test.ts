import { describe, expect, test } from 'vitest'
import type { KustomerCall } from '../../../tools/simulation/kustomer-log.ts'
import { givenUpForCause } from '../../../tools/simulation/properties/given-up-for-cause.ts'
import { plannedTrack } from '../planned.ts'
import { evidenceOfEvents, failed } from './evidence.ts'

const hour = 3_600
const day = 24 * hour
const hourly = (status: number, count: number) =>
  Array.from({ length: count }, (_, i) => failed('m1', 10 + i * 15 * hour, status))

function found(code: string, seconds: number, calls: KustomerCall[]): string[] {
  const evidence = evidenceOfEvents([plannedTrack(1)], { calls })
  const at = evidence.startMs + seconds * 1_000
  evidence.ledger.deadLettered('"messageId":"msg-m1"', { at, code, isAnswered: true })
  return givenUpForCause.find(evidence)
}

describe('holds where', () => {
  test.each<[string, number, KustomerCall[]]>([
    ['REJECTED', 20, [failed('m1', 10, 400)]],
    ['REJECTED', 20, [failed('m1 m2', 10, 422), failed('m1', 11, 422)]],
    ['CONFLICT', 40, [10, 20, 30, 35].map(at => failed('m1', at, 409, { fault: 'bareConflict' }))],
    ['UNAVAILABLE', 3 * day + 60, hourly(503, 6)],
    ['UNAVAILABLE', 3 * day + 60, hourly(0, 5)],
    ['UNAUTHORIZED', 3 * day + 60, hourly(403, 6)],
    ['UNAVAILABLE', 3 * day + 60, hourly(503, 6).map(one => ({ ...one, marks: [], kind: 'read' as const }))],
  ])('%s after %d s', (code, seconds, calls) => {
    expect(found(code, seconds, calls)).toEqual([])
  })
})

describe('is broken where', () => {
  test.each<[string, number, KustomerCall[], string]>([
    ['REJECTED', 20, [failed('m1', 10, 404)], 'Kustomer refused no write of it alone'],
    ['REJECTED', 20, [failed('m1 m2', 10, 422)], 'Kustomer refused no write of it alone'],
    ['REJECTED', 20, [failed('', 10, 400, { kind: 'findByEmail' })], 'Kustomer refused no write of it alone'],
    ['REJECTED', 20, [failed('m2', 10, 400)], 'Kustomer refused no write of it alone'],
    [
      'CONFLICT',
      40,
      [10, 20, 30, 35].map(at => failed('m1', at, 409)),
      'only 0 of 4 conflicts were caused by somebody',
    ],
    ['CONFLICT', 40, [10, 20, 30].map(at => failed('m1', at, 409)), '3 conflicts instead of 4'],
    ['CONFLICT', 40, [10, 10.1, 10.2, 10.3].map(at => failed('m1', at, 409)), '1 conflicts instead of 4'],
    ['UNAVAILABLE', 4 * day, hourly(503, 4), '4 failed tries instead of 5'],
    ['UNAVAILABLE', 4 * day, hourly(429, 9), '0 failed tries instead of 5'],
    ['UNAVAILABLE', 61 * hour, hourly(503, 5), '219590 s after its first try'],
    ['FAILED', 4 * day, hourly(500, 9), 'our own code failed'],
    ['MISSING_TYPE', 20, [], 'it is a good event'],
  ])('%s after %d s', (code, seconds, calls, why) => {
    expect(found(code, seconds, calls)).toEqual([`m1 was dead-lettered as ${code}: ${why}`])
  })
})

test('what is about somebody else is no ground', () => {
  const others = hourly(503, 6).map(one => ({
    ...one,
    marks: [],
    externalIds: ['u9'],
    path: '/v1/customers/c9',
  }))
  expect(found('UNAVAILABLE', 4 * day, others)).toHaveLength(1)
})

test('FAILED has a ground after five workers have ended, whoever’s message it was', () => {
  const givenUp = (workers: number, minute: number) => {
    const evidence = evidenceOfEvents([plannedTrack(1)])
    const at = (n: number) => evidence.startMs + n * 60_000
    const deaths = Array.from({ length: workers }, (_, i) => ({
      container: `w${i}`,
      at: at(i + 1),
      why: 'crash',
    }))
    evidence.ledger.deadLettered('"messageId":"msg-m1"', { at: at(minute), code: 'FAILED', isAnswered: true })
    return givenUpForCause.find({ ...evidence, deaths }).length
  }
  expect([givenUp(5, 60), givenUp(4, 60), givenUp(5, 3)]).toEqual([0, 1, 1])
})
