import type { Mark } from '../marks.ts'
import { type Delivery, deliveriesOf, hadNoTable, sharedMarks } from './deliveries.ts'
import type { Evidence, Property } from './evidence.ts'

/** What the person record remembers: ids of delivered events (128; some deliveries bear no mark), and for how long. */
const memory = { events: 100, ms: 7 * 86_400_000 }
/** The most that one tracking event may be stored within an hour, whatever happens to its answers. */
const limit = { times: 6, ms: 3_600_000 }

/** Property 2: a double needs an answer that was lost, or a worker that died before its record was saved. */
export const deliveredOnce: Property = {
  name: 'delivered once',
  sentence:
    'Nothing is delivered again after the relay was told of its delivery, unless that was more than 7 days or 128 ' +
    'events of the person ago; and what it was not told of is tried again seldom.',
  find(evidence) {
    const deliveries = deliveriesOf(evidence)
    const shared = sharedMarks(evidence)
    const single = [...deliveries].filter(([mark]) => !shared.has(mark))
    const byPerson = deliveredByPerson(evidence, deliveries)
    return single.flatMap(([mark, list]) => {
      const again = list.slice(1).flatMap((next, index) => {
        const before = list[index]
        const person = byPerson.get(personOf(mark, evidence)) ?? []
        return before && !isExcused(before, next, person) && !hadNoTable(evidence, next.call)
          ? [
              `${mark} was delivered again ${secondsBetween(before, next)} s after ${wordsFor[before.knowledge]}`,
            ]
          : []
      })
      return [...again, ...(isStoredTooOften(list) ? [`${mark} was stored ${list.length} times`] : [])]
    })
  },
}

const wordsFor = {
  unsaved: 'the table had failed',
  told: 'the relay was told',
  impatient: 'the relay had waited for less time than it must',
  lost: 'its answer was lost',
  died: 'its worker died',
}

/** How many deliveries are doubles that no relay could have avoided. */
export function excusedDoubles(evidence: Evidence): number {
  const lists = [...deliveriesOf(evidence).values()]
  return lists.reduce(
    (sum, list) =>
      sum + list.slice(0, -1).filter(({ knowledge }) => knowledge === 'lost' || knowledge === 'died').length,
    0,
  )
}

function isExcused(before: Delivery, next: Delivery, person: { mark: Mark; at: number }[]): boolean {
  if (before.knowledge !== 'told' && before.knowledge !== 'impatient') return true
  if (next.at - before.at > memory.ms) return true
  const between = person.filter(({ at }) => at > before.at && at < next.at)
  return between.length >= memory.events
}

function isStoredTooOften(list: Delivery[]): boolean {
  const records = list.filter(({ call }) => call.kind === 'record')
  return records.some(({ at }, index) => {
    const later = records[index + limit.times]
    return later !== undefined && later.at - at < limit.ms
  })
}

function deliveredByPerson(evidence: Evidence, deliveries: Map<Mark, Delivery[]>) {
  const all = [...deliveries].flatMap(([mark, list]) => list.map(({ at }) => ({ mark, at })))
  return Map.groupBy(all, ({ mark }) => personOf(mark, evidence))
}

function personOf(mark: Mark, { ledger }: Evidence): string {
  return ledger.entry(mark)?.planned.externalId ?? ''
}

function secondsBetween(a: Delivery, b: Delivery): number {
  return Math.round((b.at - a.at) / 1_000)
}
