import { costLines } from './cost-lines.ts'
import type { Figure } from './measure.ts'
import { ingestCost, workerCost } from './process-costs.ts'
import { type DayUsage, type Fleet, relayDays } from './relay-days.ts'
import { type Arrival, trace } from './trace.ts'
import { totalOf, type Usage } from './usage.ts'
import type { BenchEvent } from './worker-process.ts'

/** People with ten events a day, as in the large traces; enough days that records hold a whole week. */
const size = { events: 2_000, people: 200 }
/** Lambda ends containers "every few hours" (developer guide, "Lambda execution environment lifecycle"). */
const fleet: Fleet = { containers: 5, restartMinutes: 120 }
const dayNames = ['first day', 'usual day', 'an identify on every page view']

/**
 * Measures what a million events cost: units, requests and invocations of three kinds of days in virtual time, and
 * processor time and log bytes of the deployed bundles. The sum is the mean of the three days. Linux only.
 */
export async function benchCost(): Promise<Figure[]> {
  const week = [1, 2, 3, 4, 5, 6, 7].map(seed => trace({ ...size, seed }))
  const [usual, members] = [trace({ ...size, seed: 8 }), trace({ ...size, seed: 9, site: 'members' })]
  const used = await relayDays([...week, usual, members], fleet)
  const ingest = await ingestCost()
  const ofShop = { ingest, worker: await workerCost(oneByOne(usual)) }
  const ofMembers = { ingest, worker: await workerCost(inPairs(members)) }
  const [first, seventh, last] = [used[0], used[7], used[8]]
  if (!first || !seventh || !last) throw new Error('a day is missing')
  const days = [costLines(first, ofShop), costLines(seventh, ofShop), costLines(last, ofMembers)]
  const lines = Object.keys(days[0] ?? {}).map(service => figureOf(service, days))
  const sum = figureOf(
    'a million events',
    days.map(day => ({ 'a million events': totalOf(day) })),
  )
  const cpu = `processor time: ingest ${ingest.cpuMs.toFixed(1)} ms, worker ${ofShop.worker.cpuMs.toFixed(1)} ms`
  const bytes = `log: ingest ${ingest.logBytes.toFixed(0)} B, worker ${ofShop.worker.logBytes.toFixed(0)} B`
  const detail = `${sum.detail}; ${unitsInWords(seventh)}; ${cpu}; ${bytes} an event of the usual day`
  return [...lines, { ...sum, detail, bar: { atMost: 5.5 } }]
}

/** The mean of a service's cost on the three days. */
function figureOf(service: string, days: Usage[]): Figure {
  const parts = Object.fromEntries(days.map((day, i) => [dayNames[i] ?? '', day[service] ?? 0]))
  const detail = Object.entries(parts).map(([name, dollars]) => `${name} ${dollars.toFixed(2)}`)
  return {
    ...{ name: `cost: ${service}`, value: totalOf(parts) / days.length, unit: '$' },
    ...{ detail: detail.join(', '), parts },
  }
}

function unitsInWords({ events, table, recordBytes }: DayUsage): string {
  const an = (units: number) => (units / events).toFixed(2)
  const { personReads, personWrites, rateReads, rateWrites } = table
  return `units an event: records ${an(personReads)} read, ${an(personWrites)} written, rate limit ${an(rateReads)} read, ${an(rateWrites)} written; a record has ${recordBytes.toFixed(0)} bytes`
}

function oneByOne(arrivals: Arrival[]): BenchEvent[][] {
  return arrivals.map(({ event }) => [benchEvent(event)])
}

/** An identify and its page arrive together. */
function inPairs(arrivals: Arrival[]): BenchEvent[][] {
  const batches: BenchEvent[][] = []
  for (const { event } of arrivals) {
    const last = batches.at(-1)
    const isPair = event.type === 'page' && last?.[0]?.type === 'identify' && last[0].userId === event.userId
    if (isPair && last?.length === 1) last.push(benchEvent(event))
    else batches.push([benchEvent(event)])
  }
  return batches
}

function benchEvent(event: Record<string, unknown>): BenchEvent {
  const { userId, anonymousId, messageId } = event
  return { ...event, userId: String(userId ?? anonymousId), messageId: String(messageId) }
}
