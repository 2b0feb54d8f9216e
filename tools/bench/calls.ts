import { createDelivery } from '../../lib/delivery/create-delivery.ts'
import { transform } from '../../lib/index.ts'
import { createTransport } from '../../lib/kustomer/transport.ts'
import { createPersonRecords, type PersonRecords } from '../../lib/people/person-records.ts'
import { http, personRecords as limits } from '../../lib/policy.ts'
import { systemClock as clock } from '../../lib/runtime/clock.ts'
import { startKustomerStandIn } from '../kustomer-stand-in/server.ts'
import type { StandIn } from '../kustomer-stand-in/types.ts'
import type { Figure } from './measure.ts'
import { type Arrival, trace } from './trace.ts'

/** Requests a minute of a rate limit that holds nothing back. */
const unlimited = 60_000_000

/** Requests by kind that a trace costs. */
export type Calls = Record<string, number>

/** Delivers a trace to a stand-in and counts the requests by kind. What is remembered ages by the trace's own clock. */
export async function countCalls(
  arrivals: Arrival[],
  personRecords = createPersonRecords(),
  standIn?: StandIn,
): Promise<Calls> {
  const kustomer = standIn ?? (await startKustomerStandIn({ customerWritesPerMinute: 1e6 }))
  const time = { seconds: 0 }
  const first = kustomer.requests.length
  const open = createDelivery(kustomer.url, unlimited, {
    fetchKey: async () => kustomer.apiKey,
    createTransport: () => createTransport(http.maxAnswerBytes),
    clock,
    personRecords: ageing(personRecords, time),
  })
  for (const { atSeconds, event } of arrivals) {
    time.seconds = atSeconds
    const invocation = await open(Number.POSITIVE_INFINITY)
    const outcome = await invocation.deliver(transform(event), () => undefined)
    invocation.close()
    if (outcome.kind !== 'delivered') throw new Error(`an event of the trace was ${outcome.kind}`)
  }
  const calls: Calls = {}
  for (const { kind } of kustomer.requests.slice(first)) calls[kind] = (calls[kind] ?? 0) + 1
  if (!standIn) await kustomer.close()
  return calls
}

/**
 * What RudderStack's own destination would ask for the same trace: per identify look-ups by e-mail, user id, anonymous
 * id until one finds somebody, then a write; one request for anything else (rudder-transformer, read 2026-08).
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

/** Calls a delivered event: a first day, and a second day of the same people. */
export async function benchCalls(): Promise<Figure[]> {
  const [day1, day2] = [1, 2].map(seed => trace({ events: 20_000, people: 2_000, seed })) as [
    Arrival[],
    Arrival[],
  ]
  const standIn = await startKustomerStandIn({ customerWritesPerMinute: 1e6 })
  const cold = await countCalls(day1, createPersonRecords(), standIn)
  const aged = await countCalls(day2, createPersonRecords(), standIn)
  const memory = createPersonRecords()
  await countCalls(atOnce(day1), memory, standIn)
  const warm = await countCalls(atOnce(day2), memory, standIn)
  await standIn.close()
  const others = { cold: othersCalls(day1), warm: othersCalls([...day1, ...day2]) - othersCalls(day1) }
  const perEvent = (calls: Calls) => total(calls) / day1.length
  const figure = (name: string, value: number, unit: string, detail: string, atMost?: number): Figure => ({
    name: `calls: ${name}`,
    value,
    unit,
    detail,
    ...(atMost !== undefined && { bar: { atMost } }),
  })
  return [
    figure('an event, people remembered', perEvent(warm), 'calls', text(warm), 1.1),
    figure(
      'of the other destination’s',
      total(warm) / others.warm,
      '×',
      `${total(warm)} of ${others.warm}`,
      0.75,
    ),
    figure(
      'an event, first day, an hour’s memory',
      perEvent(cold),
      'calls',
      `${text(cold)}; the other ${others.cold}`,
    ),
    figure(
      'an event, second day, an hour’s memory',
      perEvent(aged),
      'calls',
      `${text(aged)}; the other ${others.warm}`,
    ),
  ]
}

const atOnce = (arrivals: Arrival[]) => arrivals.map(arrival => ({ ...arrival, atSeconds: 0 }))
const total = (calls: Calls) => Object.values(calls).reduce((sum, count) => sum + count, 0)

function text(calls: Calls): string {
  return Object.entries(calls)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ')
}

/** The person records whose memory ends after its hour on the trace's clock. */
function ageing(inner: PersonRecords, time: { seconds: number }): PersonRecords {
  const learntAt = new Map<string, number>()
  return {
    get: id => (time.seconds - (learntAt.get(id) ?? 0) > limits.maxAgeSeconds ? undefined : inner.get(id)),
    learn(id, customer, addresses) {
      if (time.seconds - (learntAt.get(id) ?? 0) > limits.maxAgeSeconds) inner.forget(id)
      learntAt.set(id, time.seconds)
      inner.learn(id, customer, addresses)
    },
    forget: id => inner.forget(id),
  }
}
