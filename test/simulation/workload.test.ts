import { describe, expect, test } from 'vitest'
import { InvalidEventError } from '../../lib/errors.ts'
import { transform } from '../../lib/transform/index.ts'
import type { Json } from '../../lib/transform/kustomer/types.ts'
import { marksIn } from '../../tools/simulation/marks.ts'
import { findPersonal } from '../../tools/simulation/personal.ts'
import type { PlannedEvent } from '../../tools/simulation/planned-event.ts'
import { createRandom } from '../../tools/simulation/random.ts'
import { scenarios } from '../../tools/simulation/scenarios.ts'
import { simulationStartMs } from '../../tools/simulation/virtual-clock.ts'
import { planWorkload, type Workload } from '../../tools/simulation/workload.ts'

function plan(name: string, seed = 1): Workload {
  const scenario = scenarios.get(name)
  if (!scenario) throw new Error(name)
  return planWorkload(scenario.workload, scenario.minutes, simulationStartMs, createRandom(seed).fork('plan'))
}

/** What the relay makes of an event: the marks and the external id of its request, or why there is none. */
function readBy({ event }: PlannedEvent) {
  try {
    const call = transform(event)
    if (call.kind === 'skip') return { end: 'ignored' }
    const body = call.kind === 'recordEvent' ? { event: call.event } : call.customer
    const externalId = call.kind === 'recordEvent' ? call.identity.externalId : call.customer.externalId
    return { end: 'delivered', externalId, marks: marksIn(body as Record<string, Json>) }
  } catch (error) {
    if (error instanceof InvalidEventError) return { end: 'refused' }
    throw error
  }
}

describe.each(['mixed', 'shared-device', 'hot-person'])('the events of %s', name => {
  const { events } = plan(name)

  test('are read by the relay as the plan says', () => {
    for (const planned of events) {
      const { expected: end, externalId, contentMark } = planned
      expect(readBy(planned)).toEqual(
        end === 'delivered' ? { end, externalId, marks: [contentMark] } : { end },
      )
    }
  })

  test('are the same for the same seed, and others for another', () => {
    expect(plan(name).events).toEqual(events)
    expect(plan(name, 2).events).not.toEqual(events)
  })

  test('come in the order of their times, each with a mark of its own', () => {
    expect(new Set(events.map(({ mark }) => mark)).size).toBe(events.length)
    expect(events.every(({ at }, i) => at >= (events[i - 1]?.at ?? 0))).toBe(true)
  })

  test('hold personal texts that are found in any letter case', () => {
    const identifies = events.filter(({ identify }) => identify?.name)
    expect(identifies.length).toBeGreaterThan(10)
    for (const { event } of identifies)
      expect(findPersonal(JSON.stringify(event).toUpperCase())).toBeDefined()
  })
})

test('every kind of trouble that a scenario asks for is there', () => {
  const { events } = plan('shared-device')
  const count = (is: (planned: PlannedEvent) => unknown) => events.filter(is).length
  expect(count(one => one.role === 'anonymous' && one.identify)).toBeGreaterThan(2)
  expect(count(one => one.role === 'user' && one.anonymousId)).toBeGreaterThan(10)
  expect(count(one => one.role === 'user' && !one.anonymousId)).toBeGreaterThan(2)
  expect(count(one => one.againAt.length > 0)).toBeGreaterThan(2)
  expect(count(one => one.occurredAt < one.at - 60_000)).toBeGreaterThan(2)
  expect(count(one => one.contentMark !== one.mark)).toBeGreaterThan(0)
  expect(new Set(events.map(one => one.expected))).toEqual(new Set(['delivered', 'ignored', 'refused']))
  const users = Map.groupBy(
    events.filter(one => one.role === 'user' && one.anonymousId),
    one => one.anonymousId,
  )
  const shared = [...users.values()].filter(list => new Set(list.map(one => one.externalId)).size > 1)
  expect(shared.length).toBeGreaterThan(1)
})

test('a hot person has about their part of all events', () => {
  const { events, people } = plan('hot-person')
  const hot = events.filter(({ externalId = '' }) => people[0]?.externalIds.has(externalId))
  expect(hot.length / events.length).toBeGreaterThan(0.3)
})
