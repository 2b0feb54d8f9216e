import { expect, test } from 'vitest'
import { brokenKind } from '../../tools/simulation/broken-kind.ts'
import { relatedEvents } from '../../tools/simulation/related-events.ts'
import { plannedTrack } from './planned.ts'

test('guesses grow from the named events over their ids and addresses', () => {
  const events = [
    plannedTrack(1, { externalId: 'u1' }),
    plannedTrack(2, { externalId: 'u1', anonymousId: 'a1' }),
    plannedTrack(3, { externalId: 'a1', identify: { emails: ['x'] } }),
    plannedTrack(4, { externalId: 'u4', identify: { emails: ['x'] } }),
  ]
  const guesses = relatedEvents('m1 was lost', events).map(marks => [...marks])
  expect(guesses).toEqual([['m1'], ['m1', 'm2'], ['m1', 'm2', 'm3']])
  expect(relatedEvents('worker-1 was stopped', events)).toEqual([])
})

test.each([
  ['m12 is lost', 'x: M is lost'],
  ['m1, m2 m3 on 58210c3d0000000000000001: lost emails qzxp1@example.test', 'x: M on ID: lost emails P'],
  [
    'm8 on 58210c3d0000000000000003: wrong values by a guest: name qzxA 1 became qzxB 2',
    'x: M on ID: wrong values by a guest: X became Y',
  ],
  ['log: QZXU11 (…) in {"at":1}', 'x: log: P'],
  ['worker-3 was stopped at 4.5', 'x: worker-N was stopped at N'],
])('%s is of the kind %s', (detail, kind) => {
  expect(brokenKind({ property: 'x', detail })).toBe(kind)
})
