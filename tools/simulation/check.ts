import { personRecords, worker } from '../../lib/policy.ts'
import { type Broken, checkProperties } from './properties/check-properties.ts'
import { type Design, type Evidence, evidenceOf } from './properties/evidence.ts'
import { nobodyElseWaits } from './properties/nobody-else-waits.ts'
import { type SimulationRun, simulate } from './run.ts'

/**
 * How the relay is built today, as far as a property depends on it: a record is saved 2 s after a delivery, and a save
 * takes 1 s at most.
 */
export const design: Design = {
  recordSaveMs: worker.saveWithinMs + personRecords.timeoutMs,
  isLimiterShared: true,
}

const sentence = 'A person whose requests hang or are slow delays nobody else by more than a second or two.'

/**
 * Everything that a run breaks; an empty list where every property holds. A scenario with a bad person is run once more
 * without them, to see whether the others fared any better.
 */
export async function check(run: SimulationRun): Promise<Broken[]> {
  const evidence = evidenceOf(run, design)
  const waits = run.scenario.isCompared ? await compare(run, evidence) : []
  return [...checkProperties(evidence), ...waits]
}

async function compare(run: SimulationRun, evidence: Evidence): Promise<Broken[]> {
  const { badPerson: _, ...scenario } = run.scenario
  const without = await simulate({ ...run, scenario })
  const [bad] = run.workload.people
  const isBad = (externalId: string) => bad?.externalIds.has(externalId) ?? false
  const found = nobodyElseWaits(evidence, evidenceOf(without, design), isBad)
  return found.map(detail => ({ property: 'nobody else waits', sentence, detail }))
}
