import { describe, expect, test } from 'vitest'
import type { Mark } from '../../../tools/simulation/marks.ts'
import { endsOnce } from '../../../tools/simulation/properties/ends-once.ts'
import type { Evidence } from '../../../tools/simulation/properties/evidence.ts'
import { plannedTrack } from '../planned.ts'
import { call, evidenceOfEvents, failed } from './evidence.ts'

const body = (mark: Mark) => `"messageId":"msg-${mark}"`

function dead(evidence: Evidence, seconds: number, more: object = {}) {
  const at = evidence.startMs + seconds * 1_000
  evidence.ledger.deadLettered(body('m1'), { at, code: 'REJECTED', isAnswered: true, ...more })
  return evidence
}

const one = (more: Partial<Evidence> = {}) => evidenceOfEvents([plannedTrack(1)], more)
const dies = (seconds: number) => [
  { container: 'worker-1', at: one().startMs + seconds * 1_000, why: 'crash' },
]

describe('holds where', () => {
  test.each<[string, Evidence]>([
    ['an event is delivered', one({ calls: [call('m1', 1)] })],
    ['an event is dead-lettered', dead(one(), 5)],
    [
      'it was stored, its answer lost, and then refused',
      dead(one({ calls: [call('m1', 1, { isSuccess: false, status: 0, neededMs: Infinity })] }), 5),
    ],
    ['the worker died after the letter', dead(one({ calls: [call('m1', 400)], deaths: dies(30) }), 5)],
    ['the letter’s sender was not told', dead(one({ calls: [call('m1', 9)] }), 5, { isAnswered: false })],
    ['nothing was taken', evidenceOfEvents([])],
  ])('%s', (_, evidence) => {
    expect(endsOnce.find(evidence)).toEqual([])
  })
})

describe('is broken where', () => {
  test.each<[string, Evidence, string]>([
    ['an event is nowhere', one(), 'm1 is lost'],
    ['it was not carried out', one({ calls: [failed('m1', 1, 200, { isSuccess: true })] }), 'm1 is lost'],
    ['it ends twice', dead(one({ calls: [call('m1', 1)] }), 5), 'm1 was delivered and dead-lettered'],
    ['it is dead twice', dead(dead(one(), 5), 900), 'm1 was dead-lettered twice'],
    ['SQS gave it up', dead(one(), 5, { code: undefined }), 'm1 was given up by SQS itself'],
  ])('%s', (_, evidence, detail) => {
    expect(endsOnce.find(evidence)).toEqual([detail])
  })

  test('it waits without end', () => {
    const evidence = one({ calls: [call('m1', 1)] })
    evidence.ledger.waiting([body('m1')])
    expect(endsOnce.find(evidence)).toEqual(['m1 still waits 2 h after the last event'])
  })

  test('a good event is refused, or a bad one delivered', () => {
    const evidence = evidenceOfEvents([plannedTrack(1), plannedTrack(2, { expected: 'refused' })], {
      calls: [call('m1', 1), call('m2', 2)],
    })
    evidence.ledger.refused('m1', 401, evidence.startMs)
    expect(endsOnce.find(evidence)).toEqual([
      'm1 is good and was refused with 401',
      'm2 is refused and was delivered',
    ])
  })

  test('a message belongs to no event', () => {
    const evidence = one({ calls: [call('m1', 1)] })
    evidence.ledger.waiting(['{}'])
    expect(endsOnce.find(evidence)).toEqual(['a message belongs to no event: {}'])
  })
})

test('an event that was sent again may end each time', () => {
  const evidence = dead(one({ calls: [call('m1', 7_000)] }), 5)
  evidence.ledger.posted('m1', evidence.startMs + 6_900_000)
  expect(endsOnce.find(evidence)).toEqual([])
})

test('of events with the same content one delivery is enough', () => {
  const events = [plannedTrack(1), plannedTrack(2, { contentMark: 'm1' })]
  expect(endsOnce.find(evidenceOfEvents(events, { calls: [call('m1', 1)] }))).toEqual([])
})
