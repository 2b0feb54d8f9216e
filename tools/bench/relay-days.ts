import { groupIdOf, sealEnvelope } from '../../lib/queue/envelope.ts'
import { parseEvent } from '../../lib/transform/parse.ts'
import { createKustomerModel } from '../simulation/kustomer-model.ts'
import { createRandom } from '../simulation/random.ts'
import { createSecretVault } from '../simulation/secret-vault.ts'
import {
  createSimulatedRelay,
  type RelaySettings,
  type SimulatedRelay,
} from '../simulation/simulated-relay.ts'
import { createVirtualClock, simulationStartMs, type VirtualClock } from '../simulation/virtual-clock.ts'
import { installVirtualTimers } from '../simulation/virtual-timers.ts'
import { type TableUnits, tableUnitsOf } from './table-units.ts'
import type { Arrival } from './trace.ts'
import { addUsage, type Usage, usageSince } from './usage.ts'

/** How the relay of a measurement runs. */
export interface Fleet {
  /** Worker containers; the invocations are spread over all of them. */
  containers: number
  /** Minutes after which each container is replaced by one that knows nothing; absent: never. */
  restartMinutes?: number
}

/** What one day of a trace used. */
export interface DayUsage {
  events: number
  /** Requests to Kustomer by kind. */
  calls: Usage
  table: TableUnits
  /** Mean bytes of a person's record when it was written. */
  recordBytes: number
  /** Invocations of the worker. Each has one receive and one delete of SQS. */
  invocations: number
  /** Milliseconds of the invocations together, with the simulation's times for Kustomer and the table. */
  workerMs: number
}

const dayMs = 86_400_000
/** A session that starts at the end of a day ends on the next one. */
const longestSessionMs = 3_600_000
const salt = 'simulation'
const kustomerKey = 'key'
const settings: RelaySettings = {
  ...{ workerConcurrency: 5, requestsPerMinute: 1_000, share: 0.8, giveUpAfterSeconds: 259_200 },
  crashes: { killPerCall: 0, freezePerCall: 0, freezeMs: 0, clockSkewMs: 0, retirePerInvocation: 0 },
  sqs: { slow: 0, slowMs: 0, failed: 0, lost: 0, partial: 0 },
  table: { slow: 0, slowMs: 0, failed: 0, lost: 0 },
}

/**
 * Runs traces as days one after the other through the real worker: virtual time, an SQS model, containers that share a
 * table, and the Kustomer stand-in's rules. Returns what each day used. The same arguments give the same numbers.
 * @throws Error unless every event was delivered.
 */
export async function relayDays(days: Arrival[][], fleet: Fleet): Promise<DayUsage[]> {
  const clock = createVirtualClock()
  const restoreTimers = installVirtualTimers(clock)
  try {
    const { relay, usage } = startRelay(fleet, clock)
    const used: DayUsage[] = []
    let before = usage()
    for (const [day, arrivals] of days.entries()) {
      const startMs = simulationStartMs + day * dayMs
      for (const one of arrivals) send(one, startMs, relay, clock)
      const isLast = day === days.length - 1
      await clock.runUntil(
        startMs + (isLast ? 2 : 1) * dayMs,
        () => isLast && isDrained(relay, clock, startMs),
      )
      const after = usage()
      used.push(dayUsageOf(arrivals.length, after, before))
      before = after
    }
    const { deadLetterQueue, queue } = relay
    if (deadLetterQueue.size > 0 || queue.size > 0) throw new Error('an event of the trace was not delivered')
    return used
  } finally {
    restoreTimers()
  }
}

function isDrained(relay: SimulatedRelay, clock: VirtualClock, startMs: number): boolean {
  return clock.now() > startMs + dayMs + longestSessionMs && relay.isIdle()
}

/** The relay before a Kustomer without faults, and what it has used so far. */
function startRelay({ containers, restartMinutes }: Fleet, clock: VirtualClock) {
  const random = createRandom(1)
  const trace = { add() {}, lines: () => [] }
  const model = createKustomerModel({
    ...{ clock, trace, random: random.fork('kustomer'), chancesFor: () => ({}) },
    options: { apiKey: kustomerKey, requestsPerMinute: settings.requestsPerMinute },
  })
  const units: Usage = {}
  const records = { writes: 0, bytes: 0 }
  const ignored = { push() {} }
  const fleet = { containers, ...(restartMinutes && { longestLifeMs: restartMinutes * 60_000 }) }
  const relay = createSimulatedRelay(
    { ...settings, workerConcurrency: containers, fleet },
    {
      ...{ clock, random, trace, telemetry: { logs: ignored, metrics: ignored } },
      ...{ kustomerKey: createSecretVault(kustomerKey), webhookSecret: createSecretVault('secret') },
      transportOf: (container, invocation) => model.transport(container.name, invocation),
      isPoison: () => false,
      onTableUse(use) {
        addUsage(units, tableUnitsOf(use))
        const isRecord = use.of === 'people' && use.kind === 'write'
        if (isRecord) addUsage(records, { writes: 1, bytes: use.bytes[0] ?? 0 })
      },
      onSqsAnswer() {},
      onDeadLetter() {},
    },
  )
  const calls = countKinds(model.calls)
  const usage = () => {
    return { calls: calls(), units: { ...units }, records: { ...records }, ...relay.usage().worker }
  }
  return { relay, usage }
}

type UsedSoFar = ReturnType<ReturnType<typeof startRelay>['usage']>

function dayUsageOf(events: number, after: UsedSoFar, before: UsedSoFar): DayUsage {
  const {
    personReads = 0,
    personWrites = 0,
    rateReads = 0,
    rateWrites = 0,
  } = usageSince(after.units, before.units)
  return {
    events,
    calls: usageSince(after.calls, before.calls),
    table: { personReads, personWrites, rateReads, rateWrites },
    recordBytes:
      (after.records.bytes - before.records.bytes) / (after.records.writes - before.records.writes),
    invocations: after.invocations - before.invocations,
    workerMs: after.ms - before.ms,
  }
}

/** Returns a function that counts the calls so far by their kind. */
function countKinds(calls: readonly { kind: string }[]): () => Usage {
  return () => {
    const counts: Usage = {}
    for (const { kind } of calls) addUsage(counts, { [kind]: 1 })
    return counts
  }
}

/** Puts an event onto the queue at its time. */
function send(
  { atSeconds, event }: Arrival,
  startMs: number,
  { queue }: SimulatedRelay,
  clock: VirtualClock,
) {
  const parsed = parseEvent(event)
  if (parsed.kind === 'skip') throw new Error('an event of the trace has a type that is not delivered')
  const id = `${event.messageId}`
  const atMs = startMs + Math.round(atSeconds * 1_000)
  const receivedAt = new Date(atMs).toISOString()
  const groupId = groupIdOf(parsed.externalId, salt)
  clock.at(atMs, () => {
    const body = sealEnvelope({ version: 1, id, receivedAt, event: { ...event, timestamp: receivedAt } })
    queue.send({ body, groupId, deduplicationId: id })
  })
}
