import { check } from './check.ts'
import type { Broken } from './properties/check-properties.ts'
import { type RunOptions, simulate } from './run.ts'

/** What came of one seed, as plain data. */
export interface SeedResult {
  /** The name of the scenario. */
  scenario: string
  seed: number
  broken: Broken[]
  events: number
  calls: number
  faults: number
  /** Milliseconds of the machine's own time, and of the simulation's. */
  tookMs: number
  simulatedMs: number
}

/** Simulates and checks one seed of a scenario. */
export async function simulateSeed({ scenario, seed }: RunOptions): Promise<SeedResult> {
  const startMs = performance.now()
  const run = await simulate({ scenario, seed })
  const broken = await check(run)
  return {
    ...{ scenario: scenario.name, seed, broken, events: run.workload.events.length },
    ...{ calls: run.model.calls.length, faults: run.faults.length, simulatedMs: run.endMs - run.startMs },
    tookMs: Math.round(performance.now() - startMs),
  }
}
