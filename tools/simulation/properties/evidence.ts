import type { KustomerLog } from '../kustomer-log.ts'
import type { Ledger } from '../ledger.ts'
import type { Scenario } from '../scenario.ts'
import type { Trace } from '../trace.ts'

/** What the relay under test is built like, as far as a property depends on it. */
export interface Design {
  /** Milliseconds after a delivery within which the person record is saved; Infinity where there is none. */
  recordSaveMs: number
  /** Whether all containers share one rate limiter; else each has its own part of the share. */
  isLimiterShared: boolean
}

/** A container that ended in the middle of an invocation. */
export interface Death {
  container: string
  at: number
  why: string
}

/** A container that stood still for `ms` milliseconds in the middle of an invocation. */
export interface Freeze {
  container: string
  at: number
  ms: number
}

/** A read or write of the table that failed or was late, or whose answer was lost, and what it was for. */
export interface TableFailure {
  container: string
  at: number
  of: 'people' | 'rate'
}

/** All that the properties look at: what happened outside of the relay, and what it said of itself. */
export interface Evidence extends KustomerLog {
  scenario: Scenario
  startMs: number
  endMs: number
  ledger: Ledger
  deaths: readonly Death[]
  freezes: readonly Freeze[]
  tableFailures: readonly TableFailure[]
  /** Logs, metrics and attributes of dead letters, each as JSON. */
  texts(): Iterable<{ from: string; text: string }>
  design: Design
}

/** A property of every run. `find` names what breaks it, one text each; none where it holds. */
export interface Property {
  name: string
  /** What must hold, in one sentence. */
  sentence: string
  find(evidence: Evidence): string[]
}

/** The parts of a run that evidence is made of. */
export interface RunParts {
  scenario: Scenario
  startMs: number
  endMs: number
  ledger: Ledger
  model: KustomerLog
  trace: Trace
  telemetry: { logs: readonly object[]; metrics: readonly object[] }
  relay: { deadLetterQueue: { messages(): readonly { attributes?: object | undefined }[] } }
}

/** The evidence of a run that is over. */
export function evidenceOf(run: RunParts, design: Design): Evidence {
  const { scenario, startMs, endMs, ledger, model, trace, telemetry, relay } = run
  const lines = trace.lines().filter(({ who }) => who.startsWith('worker'))
  return {
    ...{ scenario, startMs, endMs, ledger, design, calls: model.calls, changes: model.changes },
    deaths: lines
      .filter(({ what }) => what === 'killed')
      .map(({ at, who, why }) => ({ at, container: who, why: String(why) })),
    freezes: lines
      .filter(({ what }) => what === 'froze')
      .map(({ at, who, ms }) => ({ at, container: who, ms: Number(ms) })),
    tableFailures: lines
      .filter(({ what }) => what === 'table failed')
      .map(({ at, who, of }) => ({ at, container: who, of: of === 'rate' ? 'rate' : 'people' })),
    *texts() {
      for (const line of telemetry.logs) yield { from: 'log', text: JSON.stringify(line) }
      for (const value of telemetry.metrics) yield { from: 'metric', text: JSON.stringify(value) }
      for (const { attributes } of relay.deadLetterQueue.messages())
        yield { from: 'attributes of a dead letter', text: JSON.stringify(attributes ?? {}) }
    },
  }
}
