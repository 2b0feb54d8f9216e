import { expect, test } from 'vitest'
import { inOrder } from '../../../tools/simulation/properties/in-order.ts'
import { simulationStartMs as start } from '../../../tools/simulation/virtual-clock.ts'
import { plannedTrack } from '../planned.ts'
import { call, evidenceOfEvents, failed } from './evidence.ts'

const every = [0, 1, 2].map(n => plannedTrack(n + 1, { at: start + n * 10_000 }))

test('holds where events come in the order in which they were taken', () => {
  const calls = [call('m1', 30), failed('m2', 31, 503), call('m2', 40), call('m3', 41), call('m1', 60)]
  expect(inOrder.find(evidenceOfEvents(every, { calls }))).toEqual([])
  expect(inOrder.find(evidenceOfEvents(every, { calls: [call('m1 m2 m3', 30)] }))).toEqual([])
})

test('is broken where a later event overtakes', () => {
  const calls = [call('m2', 30), call('m1', 31), call('m3', 32)]
  expect(inOrder.find(evidenceOfEvents(every, { calls }))).toEqual(['m2 was delivered before m1'])
  const far = [call('m3', 30), call('m1', 31), call('m2', 32)]
  expect(inOrder.find(evidenceOfEvents(every, { calls: far }))).toEqual(['m3 was delivered before m2'])
})

test('says nothing of events that were under way at the same time, of other people, of dead and re-sent ones', () => {
  const calls = [call('m2', 30), call('m1', 31)]
  const [first = plannedTrack(1), second = plannedTrack(2)] = every
  const together = [first, { ...second, at: first.at + 100 }]
  expect(inOrder.find(evidenceOfEvents(together, { calls }))).toEqual([])
  expect(inOrder.find(evidenceOfEvents([first, { ...second, externalId: 'u2' }], { calls }))).toEqual([])
  const dead = evidenceOfEvents([first, second], { calls })
  dead.ledger.deadLettered('"messageId":"msg-m1"', { at: start, code: 'REJECTED', isAnswered: true })
  expect(inOrder.find(dead)).toEqual([])
  const again = evidenceOfEvents([first, second], { calls })
  again.ledger.posted('m1', start + 30_500)
  expect(inOrder.find(again)).toEqual([])
})
