import { createPeople, type Person } from './people.ts'
import type { PlannedEvent } from './planned-event.ts'
import type { Random } from './random.ts'
import type { WorkloadOptions } from './scenario.ts'
import { backfill, nextStep, repeated, type Step } from './story.ts'

/** Everything that will be sent, made before anything runs: it does not depend on what the relay does. */
export interface Workload {
  people: Person[]
  /** In the order in which RudderStack gets them. */
  events: PlannedEvent[]
}

const minuteMs = 60_000
/** Milliseconds after which the same event may come again: soon, after SQS has forgotten it, much later. */
const laterMs = [45_000, 420_000, 3_600_000, 14_400_000]
/** The part of identifies that are sent again without a change, and the events of one burst of a bot. */
const [unchanged, burst] = [0.15, 12]

/** Plans the events of `minutes` minutes from `startMs` on. The same seed and options give the same plan. */
export function planWorkload(
  options: WorkloadOptions,
  minutes: number,
  startMs: number,
  random: Random,
): Workload {
  const people = createPeople(options.people, options.sharedDevices, options.bots)
  const ports = { random, others: people, options }
  const events: PlannedEvent[] = []
  const count = Math.max(1, Math.round(minutes * options.eventsPerMinute))
  const endMs = startMs + minutes * minuteMs
  const add = (step: Step, at: number, occurredAt = at) => {
    const planned = step({ mark: `m${events.length + 1}`, at, occurredAt })
    const againAt = random.chance(options.resent) ? [at + random.pick(laterMs)] : []
    events.push({ ...planned, againAt })
  }
  const moments = Array.from({ length: count }, () => startMs + random.int(minutes * minuteMs)).sort(
    (a, b) => a - b,
  )
  for (const at of moments) {
    const person = random.chance(options.hotPart) ? people[0] : random.pick(people)
    if (!person) continue
    const isOld = person.externalIds.has(person.userId) && random.chance(options.backfilled * 0.3)
    const last = lastIdentifyOf(events, person)
    if (isOld) add(backfill(person, ports), at, at - minuteMs - random.int(120 * minuteMs))
    else if (last && random.chance(unchanged * 0.3)) add(repeated(last), at)
    else if (random.chance(options.offline))
      add(nextStep(person, ports), Math.min(endMs, at + random.int(3_600_000)), at)
    else add(nextStep(person, ports), at)
    for (let n = 1; person.isBot && n < burst; n++) add(nextStep(person, ports), at + n * 20)
  }
  return { people, events: events.sort((a, b) => a.at - b.at) }
}

/** The newest of the last events that is an identify of this person. */
function lastIdentifyOf(events: PlannedEvent[], person: Person): PlannedEvent | undefined {
  return events.slice(-50).findLast(({ identify, externalId }) => identify && externalId === person.userId)
}
