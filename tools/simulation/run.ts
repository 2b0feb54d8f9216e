import { startAgents } from './agents.ts'
import { watchDeadLetters } from './dead-letter-watch.ts'
import { chancesOf } from './fault-chances.ts'
import { createKustomerModel, type KustomerModel } from './kustomer-model.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { type Mark, markOfMessage } from './marks.ts'
import { personal } from './personal.ts'
import { createRandom, type Random } from './random.ts'
import { startRudderStack } from './rudderstack-model.ts'
import type { Scenario } from './scenario.ts'
import { createSecretVault } from './secret-vault.ts'
import { createSimulatedRelay, type SimulatedRelay } from './simulated-relay.ts'
import type { Telemetry } from './telemetry.ts'
import { createTrace, type Trace } from './trace.ts'
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts'
import { installVirtualTimers } from './virtual-timers.ts'
import { planWorkload, type Workload } from './workload.ts'

/** Which run. Without the last two it is the seed's own; with them a failing run is made shorter. */
export interface RunOptions {
  scenario: Scenario
  seed: number
  /** Only these events are sent. */
  marks?: ReadonlySet<Mark>
  /** Faults that do not happen, by the names of their draws. */
  suppressed?: ReadonlySet<string>
  /** Called once, before time moves, with what the run is made of: to look at it by the minute, or to act as a stranger. */
  observe?(world: ObservedWorld): void
}

/** What an observer of a run may look at and call. */
export interface ObservedWorld {
  clock: VirtualClock
  relay: SimulatedRelay
  model: KustomerModel
  telemetry: Telemetry
}

/** A run that is over, with everything that can be known of it. Times are epoch milliseconds. */
export interface SimulationRun extends RunOptions {
  startMs: number
  endMs: number
  workload: Workload
  ledger: Ledger
  model: KustomerModel
  relay: SimulatedRelay
  telemetry: Telemetry
  trace: Trace
  /** The draws of faults that came true, in order. */
  faults: string[]
}

/** What every part of a run shares. */
interface Stage {
  clock: VirtualClock
  random: Random
  trace: Trace
}

const minuteMs = 60_000
/** A run is over this long after the last event, if no message is left: RudderStack tries again every 5 minutes. */
const quietMs = 6 * minuteMs
/** How long an operator waits with RudderStack's setting after a new webhook secret was stored (docs of the rotation). */
const settingDelayMs = 30_000

/**
 * Simulates one run of a scenario: the events are sent, and time goes on until no message is left or the scenario's
 * time to drain has passed. The same options give the same run, to the letter. Rejects where a model has a bug.
 */
export async function simulate(options: RunOptions): Promise<SimulationRun> {
  const faults: string[] = []
  const { seed, suppressed = new Set<string>() } = options
  const random = createRandom(seed, { suppressed, onHit: draw => faults.push(draw) })
  const stage = { clock: createVirtualClock(), trace: createTrace(), random }
  const restoreTimers = installVirtualTimers(stage.clock)
  try {
    const startMs = stage.clock.now()
    const run = { ...options, ...assemble(options, stage), trace: stage.trace, faults, startMs }
    options.observe?.({ ...run, clock: stage.clock })
    await drain(run, stage.clock)
    run.ledger.waiting(run.relay.queue.messages().map(({ body }) => body))
    return { ...run, endMs: stage.clock.now() }
  } finally {
    restoreTimers()
  }
}

/** Puts the relay between RudderStack and Kustomer and starts everything that moves by itself. */
function assemble(options: RunOptions, stage: Stage) {
  const { scenario } = options
  const { clock, random } = stage
  const workload = plan(options, clock)
  const ledger = createLedger(workload.events)
  const telemetry: Telemetry = { logs: [], metrics: [] }
  const secrets = rotate(scenario, stage)
  const model = createKustomerModel({
    ...{ ...stage, random: random.fork('kustomer') },
    chancesFor: chancesOf(scenario, workload.people, clock.now()),
    options: { apiKey: secrets.kustomerKey.current(), requestsPerMinute: scenario.requestsPerMinute },
  })
  secrets.onKey(key => Object.assign(model.kustomer.settings, { apiKey: key }))
  const relay = createSimulatedRelay(scenario, {
    ...{ ...stage, ...secrets, ...watchDeadLetters(ledger), telemetry },
    transportOf: (container, invocation) => model.transport(container.name, invocation),
    isPoison: body => scenario.poison !== undefined && markOfMessage(body) === `m${scenario.poison}`,
  })
  const sender = { ...stage, random: random.fork('rudderstack'), ledger, options: scenario.sender }
  startRudderStack(workload.events, { ...sender, post: relay.post, secret: secrets.typedSecret })
  const endMs = clock.now() + scenario.minutes * minuteMs
  startAgents(scenario.agents, { ...stage, random: random.fork('agents'), model, endMs })
  return { workload, ledger, telemetry, model, relay }
}

/** The events of a run. Their randomness is their own, since none of them is a fault. */
function plan({ scenario, seed, marks }: RunOptions, clock: VirtualClock): Workload {
  const random = createRandom(seed).fork('workload')
  const { people, events } = planWorkload(scenario.workload, scenario.minutes, clock.now(), random)
  return { people, events: events.filter(({ mark }) => !marks || marks.has(mark)) }
}

/** Both secrets, changed at the minutes that the scenario names. Kustomer takes only the newest key. */
function rotate({ rotations }: Scenario, { clock, trace }: Stage) {
  const kustomerKey = createSecretVault(personal('key-0'))
  const webhookSecret = createSecretVault(personal('secret-0'))
  const listeners: ((key: string) => void)[] = []
  let typedSecret = webhookSecret.current()
  const at = (minute: number, what: string, act: () => void) =>
    clock.at(clock.now() + minute * minuteMs, () => {
      trace.add({ at: clock.now(), who: 'operator', what })
      act()
    })
  for (const [index, minute] of rotations.kustomerKey.entries())
    at(minute, 'new kustomer key', () => {
      kustomerKey.rotate(personal(`key-${index + 1}`))
      for (const listener of listeners) listener(kustomerKey.current())
    })
  for (const [index, minute] of rotations.webhookSecret.entries())
    at(minute, 'new webhook secret', () => {
      const secret = personal(`secret-${index + 1}`)
      webhookSecret.rotate(secret)
      clock.at(clock.now() + settingDelayMs, () => {
        typedSecret = secret
      })
    })
  const onKey = (listener: (key: string) => void) => void listeners.push(listener)
  return { kustomerKey, webhookSecret, onKey, typedSecret: () => typedSecret }
}

/** Moves time until all is done, or until the scenario's time is over. */
async function drain(
  { scenario, workload, relay, startMs }: Pick<SimulationRun, 'scenario' | 'workload' | 'relay' | 'startMs'>,
  clock: VirtualClock,
): Promise<void> {
  const lastMs = workload.events.reduce((last, { at, againAt }) => Math.max(last, at, ...againAt), startMs)
  const endMs = Math.max(lastMs, startMs + scenario.minutes * minuteMs) + scenario.drainHours * 60 * minuteMs
  let busyMs = startMs
  await clock.runUntil(endMs, () => {
    if (!relay.isIdle()) busyMs = clock.now()
    return clock.now() > Math.max(lastMs, busyMs) + quietMs
  })
}
