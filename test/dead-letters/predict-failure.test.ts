import { expect, test } from 'vitest'
import { readDeadLetter } from '../../tools/dead-letters/dead-letter-message.ts'
import { predictFailure } from '../../tools/dead-letters/predict-failure.ts'

const predict = (event: object, advancedTransform: boolean) => {
  const Body = JSON.stringify({ version: 1, id: 'm', receivedAt: '2026-11-26T00:00:00.000Z', event })
  return predictFailure(readDeadLetter({ MessageId: 'x', Body }), { advancedTransform })
}
const order = { type: 'track', userId: 'u', event: 'Order Completed', properties: { secretName: 12.5 } }
const huge = { ...order, properties: { note: 'x'.repeat(200_000) } }

test.each<[string, object, boolean, string | undefined]>([
  ['is fitted with advancedTransform', order, true, undefined],
  ['is refused without it', order, false, 'Kustomer takes it only with `advancedTransform` on'],
  ['is over 100 kB', huge, true, 'Kustomer would refuse it (show ID says why)'],
  ['has no call', { type: 'track' }, true, 'the current code makes no call from it'],
])('an event that %s', (_, event, advancedTransform, why) => {
  expect(predict(event, advancedTransform)).toBe(why)
})
