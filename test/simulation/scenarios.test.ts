import { expect, test } from 'vitest'
import { chancesOf } from '../../tools/simulation/fault-chances.ts'
import type { KustomerCall } from '../../tools/simulation/kustomer-log.ts'
import { createPeople } from '../../tools/simulation/people.ts'
import { withChanges } from '../../tools/simulation/scenario.ts'
import { scenarios } from '../../tools/simulation/scenarios.ts'

const calm = scenarios.get('calm')
const mixed = scenarios.get('mixed')
if (!calm || !mixed) throw new Error('no scenario')

test('scenarios have names and purposes of their own', () => {
  expect(scenarios.size).toBeGreaterThan(12)
  expect(new Set([...scenarios.values()].map(({ purpose }) => purpose)).size).toBe(scenarios.size)
})

test('a change keeps what it does not name', () => {
  const changed = withChanges(mixed, { name: 'other', workload: { people: 3 }, windows: [] })
  expect(changed.workload).toEqual({ ...mixed.workload, people: 3 })
  expect(changed.faults).toBe(mixed.faults)
})

test('windows hold for their minutes, the bad person’s chances for requests about them', () => {
  const scenario = withChanges(calm, {
    faults: { error: 0.1 },
    windows: [{ fromMinute: 5, toMinute: 10, chances: { hang: 0.5 } }],
    badPerson: { slow: 1 },
  })
  const people = createPeople(2, 0, 0)
  people[0]?.externalIds.add('u-bad')
  const chances = chancesOf(scenario, people, 0)
  const call = (minute: number, more: Partial<KustomerCall> = {}) =>
    chances({ sentAt: minute * 60_000, path: '/', externalIds: [], ...more } as KustomerCall)
  expect(call(1)).toEqual({ error: 0.1 })
  expect(call(5)).toEqual({ error: 0.1, hang: 0.5 })
  expect(call(10)).toEqual({ error: 0.1 })
  expect(call(1, { externalIds: ['u-bad'] })).toEqual({ error: 0.1, slow: 1 })
  const path = `/v1/customers/email=${encodeURIComponent(people[0]?.emails[1] ?? '')}`
  expect(call(1, { path })).toEqual({ error: 0.1, slow: 1 })
})
