import { expect, test } from 'vitest'
import { createLedger } from '../../tools/simulation/ledger.ts'
import { plannedTrack } from './planned.ts'

const body = (mark: string) => `{"version":1,"event":{"messageId":"msg-${mark}"}}`

test('keeps what was asked of the relay, what it said, and where messages lie', () => {
  const ledger = createLedger([plannedTrack(1), plannedTrack(2)])
  ledger.posted('m1', 10)
  ledger.accepted('m1', 20)
  ledger.refused('m2', 401, 30)
  ledger.deadLettered(body('m1'), { at: 40, code: 'REJECTED', isAnswered: true })
  ledger.waiting([body('m1')])
  expect(ledger.entries()).toMatchObject([
    { postedAt: [10], acceptedAt: [20], deadLetters: [{ code: 'REJECTED' }], isWaiting: true },
    { refused: { status: 401, at: 30 }, isWaiting: false },
  ])
  expect(ledger.strangers).toEqual([])
})

test('a message that is no event’s is kept as a stranger', () => {
  const ledger = createLedger([plannedTrack(1)])
  ledger.deadLettered(body('m7'), { at: 1, code: undefined, isAnswered: true })
  ledger.waiting(['{}'])
  expect(ledger.strangers).toHaveLength(2)
})
