import type { Figure } from './measure.ts'
import { type DayUsage, type Fleet, relayDays } from './relay-days.ts'
import { type Arrival, trace } from './trace.ts'
import { totalOf, type Usage } from './usage.ts'

/** The events of a day: 20,000 for the bars, and fewer, with the same events a person, to compare fleets. */
const large = { events: 20_000, people: 2_000 }
const small = { events: 2_000, people: 200 }
/** The hardest case: nothing that one container remembers lasts, and the next event goes to another one. */
const hardest: Fleet = { containers: 5, restartMinutes: 15 }
const easier: Fleet[] = [
  { containers: 5 },
  { containers: 2 },
  { containers: 1 },
  { containers: 1, restartMinutes: 15 },
]

/** Three days of the same people: two of a shop, then one of a site with an identify on every page view. */
function threeDays(size: { events: number; people: number }): Arrival[][] {
  return [
    trace({ ...size, seed: 1 }),
    trace({ ...size, seed: 2 }),
    trace({ ...size, seed: 3, site: 'members' }),
  ]
}

/**
 * Returns the number of requests of RudderStack's own destination for the same trace. For an identify it looks up
 * e-mail, user id and anonymous id until one finds a customer, and then writes. Any other event is one request.
 * Source: rudder-transformer, read 2026-08.
 */
export function othersCalls(arrivals: Arrival[]): number {
  const known = new Set<unknown>()
  let calls = 0
  for (const { event } of arrivals) {
    const keys = [(event.traits as { email?: string } | undefined)?.email, event.userId, event.anonymousId]
    const present = keys.filter(key => key !== undefined)
    if (event.type === 'identify') {
      const found = present.findIndex(key => known.has(key))
      calls += found < 0 ? present.length : found + 1
      for (const key of [keys[0], keys[1] ?? keys[2]]) known.add(key)
    } else known.add(event.userId ?? event.anonymousId)
    calls++
  }
  return calls
}

/** The calls an event of one day. */
export function callsAnEvent({ calls, events }: DayUsage): number {
  return totalOf(calls) / events
}

/**
 * Measures the calls per event on three days, in virtual time: with five containers that are replaced every 15 minutes,
 * and how they differ in smaller traces with fewer containers and without restarts.
 */
export async function benchCalls(): Promise<Figure[]> {
  const days = threeDays(large)
  const used = await relayDays(days, hardest)
  const others = days.map(
    (_, day) => othersCalls(days.slice(0, day + 1).flat()) - othersCalls(days.slice(0, day).flat()),
  )
  const figures = [
    { name: 'first day', atMost: 1.1 },
    { name: 'second day', atMost: 0.85 },
    { name: 'an identify on every page view', atMost: 0.6 },
  ].map(({ name, atMost }, day): Figure => {
    const one = used[day]
    if (!one) throw new Error('a day is missing')
    const detail = `${inWords(one.calls)}; the other destination ${((others[day] ?? 0) / one.events).toFixed(2)}`
    return {
      name: `calls: an event, ${name}`,
      value: callsAnEvent(one),
      unit: 'calls',
      detail,
      bar: { atMost },
    }
  })
  const [, second] = used
  const ratio = second ? totalOf(second.calls) / (others[1] ?? 0) : Number.NaN
  const ofOthers: Figure = {
    ...{ name: 'calls: of the other destination’s, second day', value: ratio, unit: '×' },
    ...{ detail: `${totalOf(second?.calls ?? {})} of ${others[1]}`, bar: { atMost: 0.75 } },
  }
  return [...figures, ofOthers, await spread()]
}

/** The greatest difference between a fleet of the small traces and the hardest one, on any of the days. */
async function spread(): Promise<Figure> {
  const days = threeDays(small)
  const found: { fleet: Fleet; calls: number[] }[] = []
  for (const fleet of [hardest, ...easier])
    found.push({ fleet, calls: (await relayDays(days, fleet)).map(callsAnEvent) })
  const [first] = found
  const differences = found.flatMap(({ calls }) =>
    calls.map((one, day) => Math.abs(one - (first?.calls[day] ?? 0))),
  )
  const detail = found.map(
    ({ fleet, calls }) => `${fleetInWords(fleet)}: ${calls.map(one => one.toFixed(3)).join(', ')}`,
  )
  return {
    ...{ name: 'calls: difference between fleets', value: Math.max(...differences), unit: 'calls' },
    ...{ detail: detail.join('; '), bar: { atMost: 0.01 } },
  }
}

function fleetInWords({ containers, restartMinutes }: Fleet): string {
  return `${containers}${restartMinutes === undefined ? '' : ` restarted every ${restartMinutes} min`}`
}

function inWords(calls: Usage): string {
  return Object.entries(calls)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ')
}
