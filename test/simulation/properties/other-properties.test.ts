import { describe, expect, test } from 'vitest'
import { personal, personalPhone } from '../../../tools/simulation/personal.ts'
import { boundedWork } from '../../../tools/simulation/properties/bounded-work.ts'
import { checkProperties, properties } from '../../../tools/simulation/properties/check-properties.ts'
import { noPersonalData } from '../../../tools/simulation/properties/no-personal-data.ts'
import { nobodyElseWaits } from '../../../tools/simulation/properties/nobody-else-waits.ts'
import { withChanges } from '../../../tools/simulation/scenario.ts'
import { calm } from '../../../tools/simulation/scenario-base.ts'
import { simulationStartMs as start } from '../../../tools/simulation/virtual-clock.ts'
import { plannedTrack } from '../planned.ts'
import { call, evidenceOfEvents } from './evidence.ts'

describe('no personal data', () => {
  const found = (text: string) =>
    noPersonalData.find(evidenceOfEvents([], { texts: () => [{ from: 'log', text }] }))

  test('holds for ids of messages, hashes and Kustomer’s ids', () => {
    expect(found('{"eventId":"msg-m1","person":"3f8a","path":"/v1/customers/{id}"}')).toEqual([])
  })

  test.each([
    personal('ada@example.test'),
    personal('ada@example.test').toUpperCase(),
    encodeURIComponent(personal('ada@example.test')),
    personal('key-0'),
    personalPhone(7),
  ])('is broken by %s', text => {
    expect(found(`{"why":"not accepted: ${text}"}`)).toHaveLength(1)
  })
})

describe('bounded work', () => {
  const death = (why: string) => [{ container: 'worker-1', at: start + 60_000, why }]

  test('holds for crashes, and for a container that stood still, also from its first moment', () => {
    const freezes = (ms: number) => [{ container: 'worker-1', at: start + ms, ms: 30_000 }]
    const stopped = (ms: number) => evidenceOfEvents([], { deaths: death('deadline'), freezes: freezes(ms) })
    expect(boundedWork.find(evidenceOfEvents([], { deaths: death('crash') }))).toEqual([])
    expect([boundedWork.find(stopped(0)), boundedWork.find(stopped(20_000))]).toEqual([[], []])
    expect(boundedWork.find(stopped(-1))).toHaveLength(1)
  })

  test('is broken by an invocation that outlives its deadline', () => {
    expect(boundedWork.find(evidenceOfEvents([], { deaths: death('deadline') }))).toEqual([
      'worker-1 was stopped at its deadline',
    ])
  })

  test('is broken by many requests for one event in one invocation', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => call('m1', i / 100))
    expect(boundedWork.find(evidenceOfEvents([], { calls: many(12) }))).toEqual([])
    expect(boundedWork.find(evidenceOfEvents([], { calls: many(13) }))).toHaveLength(1)
  })

  test('is broken by an event that ends later than its scenario says', () => {
    const scenario = withChanges(calm, { endsWithinSeconds: 600 })
    const found = (seconds: number) =>
      boundedWork.find(evidenceOfEvents([plannedTrack(1)], { scenario, calls: [call('m1', seconds)] }))
    expect(found(500)).toEqual([])
    expect(found(700)).toEqual(['m1 ended after 700 s'])
  })
})

describe('nobody else waits', () => {
  const events = Array.from({ length: 40 }, (_, i) =>
    plannedTrack(i + 1, { externalId: i < 10 ? 'bad' : 'good' }),
  )
  const evidence = (delay: (n: number) => number) =>
    evidenceOfEvents(events, { calls: events.map(({ mark }, n) => call(mark, delay(n))) })
  const isBad = (id: string) => id === 'bad'
  const usual = evidence(() => 2)

  test('holds where only the bad person waits', () => {
    expect(
      nobodyElseWaits(
        evidence(n => (n < 10 ? 900 : 2.5)),
        usual,
        isBad,
      ),
    ).toEqual([])
  })

  test('counts nothing for what was skipped, and all the time for what still waits', () => {
    const calls = events.flatMap(({ mark }, n) => (n > 35 ? [] : [call(mark, 2)]))
    const skipped = evidenceOfEvents(events, { calls })
    expect(nobodyElseWaits(skipped, usual, isBad)).toEqual([])
    const waiting = evidenceOfEvents(events, { calls, endMs: start + 900_000 })
    waiting.ledger.waiting(events.slice(36).map(({ mark }) => `"messageId":"msg-${mark}"`))
    expect(nobodyElseWaits(waiting, usual, isBad)).toHaveLength(1)
  })

  test('is broken where one in ten of the others waits', () => {
    expect(
      nobodyElseWaits(
        evidence(n => (n > 35 ? 30 : 2)),
        usual,
        isBad,
      ),
    ).toEqual(['others wait 29.5 s instead of 1.5 s'])
  })
})

test('every property has a name and a sentence of its own, and an empty run breaks none', () => {
  expect(new Set(properties.map(({ name }) => name)).size).toBe(properties.length)
  for (const { sentence } of properties) expect(sentence).toMatch(/^[A-Z].*\.$/)
  expect(checkProperties(evidenceOfEvents([]))).toEqual([])
})

test('what is broken is named with its sentence', () => {
  const [broken] = checkProperties(evidenceOfEvents([plannedTrack(1)]))
  expect(broken).toEqual({ property: 'ends once', sentence: properties[0]?.sentence, detail: 'm1 is lost' })
})
