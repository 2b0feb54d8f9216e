import { createDelivery } from '../../lib/delivery/create-delivery.ts'
import { parseEvent, transform } from '../../lib/index.ts'
import { createTransport } from '../../lib/kustomer/transport.ts'
import { emptyPerson, type Person } from '../../lib/people/person.ts'
import { http, personRecords } from '../../lib/policy.ts'
import { type Clock, systemClock } from '../../lib/runtime/clock.ts'
import { startKustomerStandIn } from '../kustomer-stand-in/server.ts'
import type { StandIn } from '../kustomer-stand-in/types.ts'
import type { Figure } from './measure.ts'
import { type Arrival, trace } from './trace.ts'

const secondsADay = 86_400
const traceStartMs = Date.UTC(2026, 10, 2)

/** Requests per minute: a rate limit so high that no request waits. */
const unlimited = 60_000_000

/** The number of requests for a trace, by kind. */
export type Calls = Record<string, number>

/**
 * Delivers a trace to a stand-in and counts the requests by kind. `people` are the person records by external id; they
 * are kept from one trace to the next. The clock is that of the trace.
 */
export async function countCalls(
  arrivals: Arrival[],
  people = new Map<string, Person>(),
  standIn?: StandIn,
): Promise<Calls> {
  const kustomer = standIn ?? (await startKustomerStandIn({ customerWritesPerMinute: 1e6 }))
  const time = { seconds: 0 }
  const clock = { ...systemClock, now: () => traceStartMs + time.seconds * 1000 }
  const first = kustomer.requests.length
  const deliver = await deliverer(kustomer, people, clock)
  for (const { atSeconds, event } of arrivals) {
    time.seconds = atSeconds
    const outcome = await deliver(event)
    if (outcome.kind !== 'delivered' && outcome.kind !== 'skipped')
      throw new Error(`an event of the trace was ${outcome.kind}`)
  }
  const calls: Calls = {}
  for (const { kind } of kustomer.requests.slice(first)) calls[kind] = (calls[kind] ?? 0) + 1
  if (!standIn) await kustomer.close()
  return calls
}

async function deliverer(kustomer: StandIn, people: Map<string, Person>, clock: Clock) {
  const open = createDelivery(
    {
      baseEndpoint: kustomer.url,
      rate: { perMinute: unlimited, share: 1, containers: 1 },
      mergeByEmail: true,
      resendUnchangedAfterMs: personRecords.resendUnchangedAfterHours * 3_600_000,
    },
    {
      fetchKey: async () => kustomer.apiKey,
      createTransport: () => createTransport(http.maxAnswerBytes),
      clock,
    },
  )
  const invocation = await open(Number.POSITIVE_INFINITY)
  return (event: Arrival['event']) => {
    const parsed = parseEvent(event)
    if (parsed.kind === 'skip') throw new Error('an event of the trace has a type that is not delivered')
    const person = people.get(parsed.externalId) ?? emptyPerson()
    people.set(parsed.externalId, person)
    return invocation.deliver({
      call: transform(event, {}),
      ...{ person, eventAtMs: clock.now(), isMerged: false },
      role: parsed.externalIdFrom === 'userId' ? 'user' : 'anonymous',
      isAnonymous: async id => people.get(id)?.role === 'anonymous',
      hash: text => text,
      onCall: () => undefined,
    })
  }
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

/** Measures the calls per event: on a first day, and on a second day with the same people. */
export async function benchCalls(): Promise<Figure[]> {
  const [day1 = [], day2 = []] = [1, 2].map(seed => trace({ events: 20_000, people: 2_000, seed }))
  const later = day2.map(arrival => ({ ...arrival, atSeconds: arrival.atSeconds + secondsADay }))
  const standIn = await startKustomerStandIn({ customerWritesPerMinute: 1e6 })
  const people = new Map<string, Person>()
  const first = await countCalls(day1, people, standIn)
  const second = await countCalls(later, people, standIn)
  await standIn.close()
  const others = { first: othersCalls(day1), second: othersCalls([...day1, ...day2]) - othersCalls(day1) }
  const perEvent = (calls: Calls) => total(calls) / day1.length
  const figure = (name: string, value: number, unit: string, detail: string, atMost?: number): Figure => ({
    ...{ name: `calls: ${name}`, value, unit, detail },
    ...(atMost !== undefined && { bar: { atMost } }),
  })
  return [
    figure('an event, first day', perEvent(first), 'calls', `${text(first)}; the other ${others.first}`, 1.1),
    figure(
      'an event, second day',
      perEvent(second),
      'calls',
      `${text(second)}; the other ${others.second}`,
      0.85,
    ),
    figure(
      'of the other destination’s',
      total(second) / others.second,
      '×',
      `${total(second)} of ${others.second}`,
      0.75,
    ),
  ]
}

const total = (calls: Calls) => Object.values(calls).reduce((sum, count) => sum + count, 0)

function text(calls: Calls): string {
  return Object.entries(calls)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ')
}
