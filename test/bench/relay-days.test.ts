import { beforeAll, describe, expect, test } from 'vitest'
import { callsAnEvent } from '../../tools/bench/calls.ts'
import { type DayUsage, relayDays } from '../../tools/bench/relay-days.ts'
import { trace } from '../../tools/bench/trace.ts'

/** Counts of a small trace in virtual time: they are the same on every machine. `npm run bench` has the large ones. */
describe('three days of the same people, in five containers that are replaced every 15 minutes', () => {
  const size = { events: 300, people: 30 }
  const days = [
    trace({ ...size, seed: 1 }),
    trace({ ...size, seed: 2 }),
    trace({ ...size, seed: 3, site: 'members' }),
  ]
  let [first, second, third]: (DayUsage | undefined)[] = []
  beforeAll(async () => {
    ;[first, second, third] = await relayDays(days, { containers: 5, restartMinutes: 15 })
  })
  const calls = (day: DayUsage | undefined) => (day ? callsAnEvent(day) : Number.NaN)

  test('cost few calls an event', () => {
    expect(calls(first)).toBeLessThanOrEqual(1.1)
    expect(calls(second)).toBeLessThanOrEqual(0.85)
    expect(calls(third)).toBeLessThanOrEqual(0.6)
  })

  test('cost as many as in one container that is never replaced', async () => {
    const inOne = await relayDays(days, { containers: 1 })
    expect(inOne.map(({ calls }) => calls)).toEqual([first, second, third].map(day => day?.calls))
  })

  test('read and write a small record once an invocation', () => {
    const { invocations, table } = first ?? { invocations: 0, table: undefined }
    expect(table?.personReads).toBe(invocations)
    expect(table?.personWrites).toBe(invocations)
  })
})
