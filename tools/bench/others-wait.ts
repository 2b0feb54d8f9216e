import { design } from '../simulation/check.ts'
import { evidenceOf } from '../simulation/properties/evidence.ts'
import { othersDelayMs } from '../simulation/properties/nobody-else-waits.ts'
import { simulate } from '../simulation/run.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { scenarios } from '../simulation/scenarios.ts'
import type { Figure } from './measure.ts'

const seed = 1
const minutes = 8

/**
 * Measures how much later the others' events are delivered when all requests about one busy person hang, and when they
 * are slow. In virtual time, at the 95th percentile, against the same run without faults.
 */
export async function benchOthersWait(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const name of ['hanging-person', 'slow-person']) {
    const scenario = scenarios.get(name)
    if (!scenario) throw new Error(`there is no scenario ${name}`)
    const { badPerson: _, ...calm } = { ...scenario, minutes }
    const [withFault, without] = [await p95Ms({ ...scenario, minutes }), await p95Ms(calm)]
    figures.push({
      name: `others: beside a ${name.replace('-', ' ')}`,
      ...{ value: withFault / without, unit: '×', bar: { atMost: 1.5 } },
      detail: `95th percentile ${withFault.toFixed(0)} ms, ${without.toFixed(0)} ms without`,
    })
  }
  return figures
}

async function p95Ms(scenario: Scenario): Promise<number> {
  const run = await simulate({ scenario, seed })
  const [bad] = run.workload.people
  const isBad = (externalId: string) => bad?.externalIds.has(externalId) ?? false
  const found = othersDelayMs(evidenceOf(run, design), isBad)
  if (found === undefined) throw new Error(`${scenario.name} has no events of others`)
  return found
}
