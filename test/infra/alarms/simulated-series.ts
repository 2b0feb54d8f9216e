import { metrics } from '../../../lib/policy.ts'
import type { FifoQueue } from '../../../tools/simulation/fifo-queue.ts'
import { createRandom } from '../../../tools/simulation/random.ts'
import { type ObservedWorld, type SimulationRun, simulate } from '../../../tools/simulation/run.ts'
import type { Scenario } from '../../../tools/simulation/scenario.ts'
import { simulationStartMs } from '../../../tools/simulation/virtual-clock.ts'
import { planWorkload } from '../../../tools/simulation/workload.ts'
import { Series } from './series.ts'

const minuteMs = 60_000

/** What happens in a run besides its scenario: it may act as a stranger, or break a part that has no fault of its own. */
export type Interfere = (world: ObservedWorld, series: Series) => void

/**
 * Simulates a scenario and returns the metrics that CloudWatch would have: those of the functions, as the real code
 * wrote them, and those of the queues, the API and Lambda, as AWS would count them. `watchMinutes` is how long the
 * queues are watched, also after the last event.
 */
export async function simulatedSeries(
  scenario: Scenario,
  watchMinutes: number,
  interfere: Interfere = () => {},
  seed = 1,
): Promise<Series> {
  const series = new Series()
  const run = await simulate({
    ...{ scenario, seed, marks: acceptedMarks(scenario, seed) },
    observe(world) {
      watchQueues(world, series, watchMinutes)
      interfere(world, series)
    },
  })
  addTelemetry(run, series)
  addTrace(run, series)
  series.lastFor(watchMinutes)
  return series
}

/** The events that the webhook takes: an invalid one, of which the simulation has some, would be an incident. */
function acceptedMarks({ workload, minutes }: Scenario, seed: number) {
  const random = createRandom(seed).fork('workload')
  const { events } = planWorkload(workload, minutes, simulationStartMs, random)
  return new Set(events.filter(({ expected }) => expected !== 'refused').map(({ mark }) => mark))
}

/** What SQS says each minute. SQS's age leaves out messages that were received before. */
function watchQueues({ clock, relay }: ObservedWorld, series: Series, minutes: number) {
  const startMs = clock.now()
  const received = new Map([['queue', receivesOf(relay.queue)]])
  const look = () => {
    const at = clock.now() - 1
    for (const [source, queue] of Object.entries({
      queue: relay.queue,
      deadLetters: relay.deadLetterQueue,
    })) {
      const messages = queue.messages()
      const visible = messages.filter(({ receipt }) => receipt === undefined)
      const oldestMs = Math.min(at, ...messages.filter(m => m.receiveCount === 0).map(m => m.sentAtMs))
      const add = (name: string, value: number) => series.add(`${source} ${name}`, { at, value })
      add('ApproximateNumberOfMessagesVisible', visible.length)
      add('ApproximateNumberOfMessagesNotVisible', messages.length - visible.length)
      add('ApproximateAgeOfOldestMessage', (at - oldestMs) / 1_000)
      add('NumberOfMessagesReceived', received.get(source)?.() ?? 0)
    }
  }
  for (let minute = 1; minute <= minutes; minute++) clock.at(startMs + minute * minuteMs, look)
}

/** Counts the messages that are received: how many since the last call. */
function receivesOf(queue: FifoQueue): () => number {
  const receive = queue.receive.bind(queue)
  let count = 0
  queue.receive = max => {
    const received = receive(max)
    count += received.length
    return received
  }
  return () => {
    const sinceLast = count
    count = 0
    return sinceLast
  }
}

function addTelemetry({ telemetry }: SimulationRun, series: Series) {
  const names: string[] = Object.values(metrics)
  for (const { at, container, name, value, dimensions } of telemetry.metrics) {
    if (!names.includes(name)) throw new Error(`the metric ${name} is not in the policy`)
    if (!dimensions) series.add(`${container.split('-')[0]} ${name}`, { at, value })
  }
}

/** What API Gateway counts of RudderStack's requests, and Lambda of invocations that failed. */
function addTrace({ trace }: SimulationRun, series: Series) {
  for (const { at, who, what, status, ms } of trace.lines()) {
    if (what === 'post') countResponse(series, at, Number(status ?? 503), Number(ms))
    const [name = ''] = who.split('-')
    if (what === 'killed' || what === 'threw') series.add(`${name} Errors`, { at, value: 1 })
  }
}

/** Counts a response to a request that had a route, as API Gateway does. */
export function countResponse(series: Series, at: number, status: number, ms = 20) {
  series.add('api Latency', { at, value: ms })
  if (status >= 400 && status < 500) series.add('api 4xx', { at, value: 1 })
  if (status >= 500) series.add('api 5xx', { at, value: 1 })
}
