import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { deliver } from '../../lib/delivery/deliver.ts'
import { transform } from '../../lib/index.ts'
import { type Endpoint, endpoints } from '../../lib/kustomer/endpoints.ts'
import { createTransport, type Transport } from '../../lib/kustomer/transport.ts'
import { createNotFoundCache } from '../../lib/people/not-found-cache.ts'
import { emptyPerson, type Person } from '../../lib/people/person.ts'
import { http } from '../../lib/policy.ts'
import { systemClock as clock } from '../../lib/runtime/clock.ts'
import { startKustomerStandIn } from '../kustomer-stand-in/server.ts'
import type { StandIn } from '../kustomer-stand-in/types.ts'
import { drainSeconds } from './drain.ts'
import { request, stubbedHandler } from './ingest.ts'
import { type Figure, median, rates, rounds } from './measure.ts'
import { track } from './transformation.ts'

/**
 * Measures whether the cost of one item grows with their number: each figure is the highest cost over the cost at the
 * smallest size.
 */
export async function benchGrowth(): Promise<Figure[]> {
  return [perProperty(), await perPerson(), await perMember(), await perWaiting(), memory()]
}

function perProperty(): Figure {
  const [one, ten, hundred] = [track(1), track(10), track(100)]
  const found = rates({ 1: () => transform(one), 10: () => transform(ten), 100: () => transform(hundred) })
  const cost = { 10: 1e6 / found[10] / 10, 100: 1e6 / found[100] / 100 }
  const detail = `µs a property: ${cost[10].toFixed(2)} of 10, ${cost[100].toFixed(2)} of 100; an event of one ${(1e6 / found[1]).toFixed(2)}`
  return {
    name: 'growth: a property, 100 against 10',
    value: cost[100] / cost[10],
    unit: '×',
    detail,
    bar: { atMost: 1.2 },
  }
}

/** The cost of an identify of a known person, with its request, at three numbers of person records. */
async function perPerson(): Promise<Figure> {
  const sizes = [100, 1_000, 10_000]
  const standIn = await startKustomerStandIn({ customerWritesPerMinute: 1e6 })
  const transport = createTransport(http.maxAnswerBytes)
  const subjects = sizes.map(size => ({ size, one: knownPeople(size, standIn, transport) }))
  const found: Record<number, number[]> = {}
  for (let round = -2; round < rounds; round++)
    for (const { size, one } of subjects) {
      const start = performance.now()
      for (let i = 0; i < 400; i++) await one(i)
      if (round >= 0) found[size] = [...(found[size] ?? []), (performance.now() - start) / 0.4]
    }
  transport.close()
  await standIn.close()
  return spread('growth: an identify, 100 to 10,000 people', sizes, size => median(found[size] ?? []))
}

function knownPeople(size: number, { url, apiKey, addCustomer }: StandIn, transport: Transport) {
  const people = Array.from({ length: size }, (_, i) => {
    const person: Person = { ...emptyPerson(), customerId: addCustomer({ externalId: `u${size}-${i}` }).id }
    return person
  })
  const ports = {
    ...({ clock, role: 'user', isMerged: false, mergeByEmail: true, resendUnchangedAfterMs: 0 } as const),
    ...{ quirks: { refusesExternalIds: false }, notFound: createNotFoundCache(clock) },
    ...{ hash: (text: string) => text, isAnonymous: async () => false },
    endpoints: endpoints(url),
    request: (endpoint: Endpoint, body?: object) =>
      transport.send(endpoint, apiKey, body, http.timeoutMs[endpoint.kind]),
  }
  return (i: number) => {
    const n = (i * 7919) % size
    const event = { type: 'identify', userId: `u${size}-${n}`, traits: { name: 'Ada' } }
    const person = people[n] ?? emptyPerson()
    return deliver(transform(event, {}), { ...ports, person, eventAtMs: clock.now() })
  }
}

/** The cost of an event through the whole relay, at two sizes of the backlog. It includes the cost of the emulator. */
async function perWaiting(): Promise<Figure> {
  const sizes = [1_000, 10_000]
  const seconds = new Map<number, number>()
  for (const size of sizes) seconds.set(size, await drainSeconds(size))
  return spread(
    'growth: an event of a backlog of 1,000 and 10,000',
    sizes,
    size => ((seconds.get(size) ?? 0) / size) * 1e6,
  )
}

/** The cost of an event at ingest, at three numbers of events per request. */
async function perMember(): Promise<Figure> {
  const sizes = [10, 100, 500]
  const { accept } = stubbedHandler(0)
  const found: Record<number, number[]> = {}
  for (let round = -2; round < rounds; round++)
    for (const size of sizes) {
      const event = request(Array.from({ length: size }, () => track(10)))
      const start = performance.now()
      for (let i = 0; i < 2_000 / size; i++) await accept({ ...event })
      if (round >= 0) found[size] = [...(found[size] ?? []), (performance.now() - start) / 2]
    }
  return spread('growth: an event at ingest, 10 to 500 a request', sizes, size => median(found[size] ?? []))
}

function spread(name: string, sizes: number[], costOf: (size: number) => number): Figure {
  const costs = sizes.map(costOf)
  const detail = sizes
    .map((size, i) => `${costs[i]?.toFixed(1)} µs at ${size.toLocaleString('en')}`)
    .join(', ')
  return { name, value: Math.max(...costs) / (costs[0] ?? 1), unit: '×', detail, bar: { atMost: 1.2 } }
}

/** The memory of a process that has the records of 100,000 people. */
function memory(): Figure {
  const script = fileURLToPath(new URL('./many-people.ts', import.meta.url))
  const rss = Number(execFileSync(process.execPath, [script]).toString())
  const detail = 'resident memory of a separate process with full person records'
  return {
    name: 'growth: memory after 100,000 people',
    value: rss / 1e6,
    unit: 'MB',
    detail,
    bar: { atMost: 200 },
  }
}
