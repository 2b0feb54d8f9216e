import { describe, expect, test } from 'vitest'
import type { Call, UpsertCustomer } from '../../lib/transform/call.ts'
import type { Customer } from '../../lib/transform/kustomer/types.ts'
import { mergeIdentifies } from '../../lib/worker/merge-identifies.ts'
import type { ParsedRecord } from '../../lib/worker/parse-record.ts'
import { sqsRecord } from './records.ts'

const opened = (plan: ParsedRecord['plan'], id = 'm', eventAtMs = 0): ParsedRecord => ({
  record: sqsRecord(id, {}),
  plan,
  receivedAtMs: 0,
  eventAtMs,
  role: 'user',
})
const identify = (customer: Customer, more: Partial<UpsertCustomer> = {}): UpsertCustomer => ({
  kind: 'upsertCustomer',
  find: [{ role: 'user', value: 'u1' }],
  customer: { externalId: 'u1', ...customer },
  externalIdFrom: 'userId',
  notes: [],
  ...more,
})
const track: Call = {
  kind: 'recordEvent',
  identity: { externalId: 'u1' },
  event: { name: 'Opened' },
  notes: [],
}
const plansOf = (...plans: ParsedRecord['plan'][]) =>
  mergeIdentifies(plans.map(plan => opened(plan))).map(({ plan }) => plan)
const sizesOf = (...plans: ParsedRecord['plan'][]) =>
  mergeIdentifies(plans.map(plan => opened(plan))).map(step => step.parsed.length)
const emails = (...addresses: string[]) => addresses.map(email => ({ email, type: 'home' }))
const custom = (from: number, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${from + index}Num`, index]))

describe('mergeIdentifies', () => {
  test('merges consecutive identifies into one write, and later keys win', () => {
    expect(plansOf(identify({ name: 'A', locale: 'en' }), identify({ name: 'B' }))).toEqual([
      identify({ name: 'B', locale: 'en' }),
    ])
  })

  test('merges custom attributes and addresses', () => {
    const first = identify({
      custom: { aStr: '1', bStr: '1' },
      emails: emails('a@example.com', 'b@example.com'),
    })
    const second = identify({ custom: { bStr: '2' }, emails: emails('B@example.com', 'c@example.com') })
    expect(plansOf(first, second)).toEqual([
      identify({
        custom: { aStr: '1', bStr: '2' },
        emails: emails('a@example.com', 'B@example.com', 'c@example.com'),
      }),
    ])
  })

  test('merges as many addresses and custom attributes as Kustomer accepts', () => {
    const first = identify({ emails: emails('a', 'b', 'c', 'd', 'e'), custom: custom(0, 60) })
    const second = identify({ emails: emails('f', 'g', 'h', 'i', 'j'), custom: custom(60, 40) })
    expect(sizesOf(first, second)).toEqual([2])
  })

  test('leaves one alone that is older than the newest delivered one, also from what follows it', () => {
    const messages = [1, 6, 3, 7, 8].map(atMs => opened(identify({ name: `${atMs}` }), `${atMs}`, atMs))
    const merged = mergeIdentifies(messages, 5).map(step => step.parsed.map(one => one.eventAtMs))
    expect(merged).toEqual([[1], [6], [3], [7, 8]])
  })

  test('does not merge an identify that is older than the one before', () => {
    const steps = mergeIdentifies([2, 1].map(atMs => opened(identify({ name: `${atMs}` }), `${atMs}`, atMs)))
    expect(steps.map(step => step.parsed.length)).toEqual([1, 1])
  })

  test('keeps every message, in order', () => {
    const steps = mergeIdentifies(
      ['a', 'b', 'c'].map((id, index) => opened(index === 2 ? track : identify({ name: id }), id)),
    )
    expect(steps.map(step => step.parsed.map(({ record }) => record.messageId))).toEqual([
      ['sqs-a', 'sqs-b'],
      ['sqs-c'],
    ])
  })

  test.each<[string, ParsedRecord['plan'], ParsedRecord['plan']]>([
    ['an identify and a track', identify({}), track],
    ['two tracks', track, track],
    [
      'an e-mail more to look for',
      identify({}),
      identify({}, { find: [...identify({}).find, { role: 'email', value: 'a@example.com' }] }),
    ],
    [
      'another anonymous id',
      identify({}, { find: [{ role: 'anonymous', value: 'a' }] }),
      identify({}, { find: [{ role: 'anonymous', value: 'b' }] }),
    ],
    ['two known ids', identify({}, { knownId: 'x' }), identify({}, { knownId: 'y' })],
    ['ids of two kinds', identify({}), identify({}, { externalIdFrom: 'anonymousId' })],
    ['a rev', identify({ rev: 3 }), identify({})],
    ['a later rev', identify({}), identify({ rev: 3 })],
    ['what cannot be read', identify({}), { kind: 'rejected', code: 'REJECTED', why: 'x' }],
    [
      'more than ten addresses',
      identify({ emails: emails('a', 'b', 'c', 'd', 'e', 'f') }),
      identify({ emails: emails('g', 'h', 'i', 'j', 'k') }),
    ],
    [
      'more than a hundred custom attributes',
      identify({ custom: custom(0, 60) }),
      identify({ custom: custom(60, 41) }),
    ],
  ])('does not merge %s', (_, first, second) => {
    expect(sizesOf(first, second)).toEqual([1, 1])
  })

  test('does not merge identifies with another event between them', () => {
    expect(sizesOf(identify({}), identify({}), track, identify({}))).toEqual([2, 1, 1])
  })
})
