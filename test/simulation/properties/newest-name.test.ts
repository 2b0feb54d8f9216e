import { describe, expect, test } from 'vitest'
import type { CustomerChange } from '../../../tools/simulation/kustomer-log.ts'
import { newestName } from '../../../tools/simulation/properties/newest-name.ts'
import { call, change, evidenceOfEvents, plannedIdentify } from './evidence.ts'

const [ada, eva] = [plannedIdentify(1, { name: 'Ada' }), plannedIdentify(2, { name: 'Eva' })]
const named = (name: string) => ({ name, externalId: 'u1', externalIds: [{ externalId: 'u1' }] })
const write = (mark: string, n: number, name: string) =>
  change(call(mark, n * 60 + 10, { kind: 'update' }), { before: named('before'), after: named(name) })
const found = (events: (typeof ada)[], changes: CustomerChange[]) =>
  newestName.find(evidenceOfEvents(events, { changes }))

describe('holds where', () => {
  test('the newest name was written last', () => {
    expect(found([ada, eva], [write('m1', 1, 'Ada'), write('m2', 2, 'Eva')])).toEqual([])
  })

  test('an agent gave the name, or the newest identify has none', () => {
    const agent = change(undefined, { kind: 'rename', before: named('Ada'), after: named('Agent') })
    expect(found([ada, eva], [write('m1', 1, 'Ada'), agent])).toEqual([])
    expect(found([ada, plannedIdentify(2, {})], [write('m1', 1, 'Ada')])).toEqual([])
  })

  test('the newest identify was given up', () => {
    const evidence = evidenceOfEvents([ada, eva], { changes: [write('m1', 1, 'Ada')] })
    evidence.ledger.deadLettered('"messageId":"msg-m2"', { at: 0, code: 'REJECTED', isAnswered: true })
    expect(newestName.find(evidence)).toEqual([])
  })
})

test('is broken where a repetition was left out after another name', () => {
  const again = plannedIdentify(3, { name: 'Ada' }, { contentMark: 'm1' })
  expect(found([ada, eva, again], [write('m1', 1, 'Ada'), write('m2', 2, 'Eva')])).toEqual([
    'c1 is called as m2 says, m3 is newer',
  ])
})
