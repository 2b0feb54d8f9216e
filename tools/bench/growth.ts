import { execFileSync } from 'node:child_process'
import { systemClock as clock } from '../../lib/delivery/clock.ts'
import { createMisses, deliver } from '../../lib/delivery/deliver.ts'
import { createDirectory } from '../../lib/delivery/directory.ts'
import { transform } from '../../lib/index.ts'
import { endpoints } from '../../lib/transform/kustomer/endpoints.ts'
import { request, stubbedDoor } from './door.ts'
import { type Figure, median, rates, rounds } from './measure.ts'
import { track } from './transformation.ts'

/** Whether cost grows with size: each figure is the dearest over the cheapest of its sizes, where more should cost no more. */
export async function benchGrowth(): Promise<Figure[]> {
  return [perProperty(), await perPerson(), await perMember(), memory()]
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

/** An identify of a known person, with an HTTP stub that answers at once, at three sizes of the directory. */
async function perPerson(): Promise<Figure> {
  const sizes = [100, 1_000, 10_000]
  const subjects = sizes.map(size => ({ size, one: knownPeople(size) }))
  const found: Record<number, number[]> = {}
  for (let round = -2; round < rounds; round++)
    for (const { size, one } of subjects) {
      const start = performance.now()
      for (let i = 0; i < 2_000; i++) await one(i)
      if (round >= 0) found[size] = [...(found[size] ?? []), (performance.now() - start) / 2]
    }
  return spread('growth: an identify, 100 to 10,000 people', sizes, size => median(found[size] ?? []))
}

function knownPeople(size: number) {
  const directory = createDirectory()
  for (let i = 0; i < size; i++) directory.learn(`u${i}`, `id${i}`)
  const answer = {
    kind: 'answer',
    status: 200,
    headers: {},
    body: { data: { id: 'id', attributes: {} } },
  } as const
  const ports = { directory, clock, endpoints: endpoints('https://k.example'), request: async () => answer }
  return (i: number) => {
    const event = { type: 'identify', userId: `u${(i * 7919) % size}`, traits: { name: 'Ada' } }
    return deliver(transform(event), { ...ports, misses: createMisses() })
  }
}

/** The cost of an event at the door, in requests of one to 500. */
async function perMember(): Promise<Figure> {
  const sizes = [10, 100, 500]
  const { accept } = stubbedDoor(0)
  const found: Record<number, number[]> = {}
  for (let round = -2; round < rounds; round++)
    for (const size of sizes) {
      const event = request(Array.from({ length: size }, () => track(10)))
      const start = performance.now()
      for (let i = 0; i < 2_000 / size; i++) await accept({ ...event })
      if (round >= 0) found[size] = [...(found[size] ?? []), (performance.now() - start) / 2]
    }
  return spread('growth: an event at the door, 10 to 500 a request', sizes, size => median(found[size] ?? []))
}

function spread(name: string, sizes: number[], costOf: (size: number) => number): Figure {
  const costs = sizes.map(costOf)
  const detail = sizes
    .map((size, i) => `${costs[i]?.toFixed(1)} µs at ${size.toLocaleString('en')}`)
    .join(', ')
  return { name, value: Math.max(...costs) / (costs[0] ?? 1), unit: '×', detail, bar: { atMost: 1.2 } }
}

/** Memory of a process that has seen 100,000 people. */
function memory(): Figure {
  const script = new URL('./many-people.ts', import.meta.url).pathname
  const rss = Number(execFileSync(process.execPath, [script]).toString())
  const detail = 'resident memory of a process of its own, the directory full'
  return {
    name: 'growth: memory after 100,000 people',
    value: rss / 1e6,
    unit: 'MB',
    detail,
    bar: { atMost: 200 },
  }
}
