import type { AgentsOptions } from './agents.ts'
import type { FaultChances } from './kustomer-faults.ts'
import type { TableFaults } from './people-table.ts'

/** A time of a run, in minutes from its start, in which other chances hold for everybody. */
export interface FaultWindow {
  fromMinute: number
  toMinute: number
  chances: FaultChances
}

/** Who sends events, and how. Chances are from 0 to 1. */
export interface WorkloadOptions {
  people: number
  eventsPerMinute: number
  /** The part of all events that is the first person's. */
  hotPart: number
  /** Of the people, how many share a device with the one before them. */
  sharedDevices: number
  /** People who send a dozen events at once, now and then. */
  bots: number
  /** Of what guests do, the part that is looking around; the rest is leaving an address and logging in. */
  guests: number
  /** Of all identifies, the part that brings somebody else's address. */
  foreignAddress: number
  /** Of all events, the part that is sent hours after it happened, and the part that is sent a second time later. */
  offline: number
  resent: number
  /** Of all identifies, the part that a second source sends with an older time. */
  backfilled: number
}

/** How RudderStack's server behaves. */
export interface SenderOptions {
  /** How likely our answer does not reach it. */
  answerLost: number
  /** How often a day it is started again and sends the last seconds once more. */
  restartsPerDay: number
  /** Events of one request: 1 is the webhook destination, more is the newer one that sends lists. */
  eventsPerRequest: number
}

/** How containers fail. Chances are per call of a port, before and after its effect alike. */
export interface CrashOptions {
  killPerCall: number
  freezePerCall: number
  /** The longest freeze in the middle of an invocation. */
  freezeMs: number
  /** After such a call the container goes on when its messages are visible again, though Lambda has given it up. */
  zombiePerCall?: number
  /** The clocks of two containers differ by at most twice this. */
  clockSkewMs: number
  /** How likely an idle container is not used again. */
  retirePerInvocation: number
}

/** How SQS and the secret store fail: per call. */
export interface SqsOptions {
  slow: number
  slowMs: number
  failed: number
  /** Carried out, but the caller sees a failure. */
  lost: number
  /** The chance of one entry of a batch call to fail by itself. */
  partial: number
}

/** One kind of simulated day, as plain data. */
export interface Scenario {
  name: string
  /** One sentence: what this scenario is for. */
  purpose: string
  minutes: number
  /** Hours after the last event within which the queue must be empty. */
  drainHours: number
  workload: WorkloadOptions
  workerConcurrency: number
  requestsPerMinute: number
  share: number
  giveUpAfterSeconds: number
  /** Chances at any time. */
  faults: FaultChances
  windows: FaultWindow[]
  /** Chances for the requests about the first person alone. */
  badPerson?: FaultChances
  agents: AgentsOptions
  sender: SenderOptions
  crashes: CrashOptions
  sqs: SqsOptions
  /** How the table of person records fails. */
  table: TableFaults
  /** Minutes at which a new Kustomer key or webhook secret is put into the store. */
  rotations: { kustomerKey: number[]; webhookSecret: number[] }
  /** The message that kills every worker that reads it: the n-th event of the workload. */
  poison?: number
  /** Seconds within which every event ends; only where nothing in the scenario explains a longer wait. */
  endsWithinSeconds?: number
  /** Whether the run is compared with one without the bad person. */
  isCompared: boolean
}

/** The scenario with these changes; parts that are objects keep what is not named. */
export function withChanges(
  base: Scenario,
  changes: Partial<{ [K in keyof Scenario]: PartOf<Scenario[K]> }>,
): Scenario {
  const merged = Object.entries(changes).map(([key, change]) => {
    const before = base[key as keyof Scenario]
    const isPlain = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
    return [
      key,
      isPlain(before) && isPlain(change) ? { ...(before as object), ...(change as object) } : change,
    ]
  })
  return { ...base, ...Object.fromEntries(merged) }
}

type PartOf<T> = T extends readonly unknown[] ? T : T extends object ? Partial<T> : T
