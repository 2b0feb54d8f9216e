import { expect, test } from 'vitest'
import { eventRow } from '../../tools/console/server/event-row.ts'
import { loggedNote } from '../../tools/console/stack/log-notes.ts'
import { tracesFromLog } from '../../tools/console/stack/traces-from-log.ts'
import { recordedLog } from './recorded-log.ts'

test('a recorded log tells the whole life of each event, in whatever order its lines are', () => {
  for (const lines of [recordedLog, recordedLog.toReversed()]) {
    const [identify, track, ...others] = tracesFromLog(lines)
    expect(others).toEqual([])
    expect(identify).toMatchObject({
      key: 'event-1',
      event: 'identify',
      state: 'delivered',
      calls: [],
      attempts: [{ outcome: 'delivered', decision: 'done', ageSeconds: 0.547, calls: 2, callMs: 7 }],
    })
    expect(identify && eventRow(identify)).toMatchObject({ attempts: 1, calls: 2 })
    expect(track).toMatchObject({
      key: 'event-2',
      event: 'track',
      state: 'dead',
      reason: expect.stringMatching(/^REJECTED: Kustomer refused/),
      calls: [{ error: 'time-out' }, { status: 400 }],
      attempts: [
        { outcome: 'unavailable', decision: 'retry', inSeconds: 5, why: 'time-out' },
        { outcome: 'rejected', decision: 'deadLetter', status: 400 },
      ],
    })
  }
})

test.each([
  '',
  'START RequestId',
  '{',
  'null',
  '[]',
  '{"message":"call"}',
  '{"message":"decision","eventId":1}',
])('the line %j says nothing about an event', text => {
  expect(loggedNote({ at: 0, text })).toBeUndefined()
})
