import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { brokenKind } from '../simulation/broken-kind.ts'
import type { SeedResult } from '../simulation/simulate-seed.ts'
import type { DeliberateFault } from './faults.ts'
import { createFaultyCopy } from './faulty-copy.ts'

/** What the simulation found: the seed and what was broken; or nothing, within how many seeds. */
export type Finding = { kind: 'found'; seed: number; what: string } | { kind: 'missed'; seeds: number }

/** Where to look: `known` are kinds of findings that the code has without any fault. */
export interface Search {
  root: string
  scenario: string
  minutes: number
  seeds: number
  known: ReadonlySet<string>
}

/** Runs the seeds on a copy of the code with the fault, until one breaks something that is not known. */
export async function findFault(fault: DeliberateFault, search: Search): Promise<Finding> {
  for await (const { seed, broken } of simulateCopy(search, fault)) {
    const [what] = broken.map(brokenKind).filter(kind => !search.known.has(kind))
    if (what) return { kind: 'found', seed, what }
  }
  return { kind: 'missed', seeds: search.seeds }
}

/** The kinds of findings in the same seeds without a fault: none, where the code holds what it must. */
export async function findKnown(search: Omit<Search, 'known'>): Promise<Set<string>> {
  const known = new Set<string>()
  for await (const { broken } of simulateCopy(search)) for (const one of broken) known.add(brokenKind(one))
  return known
}

/** The results of the seeds, one after the other. Whoever stops asking stops the simulation. */
async function* simulateCopy(
  { root, scenario, minutes, seeds }: Omit<Search, 'known'>,
  fault?: DeliberateFault,
): AsyncGenerator<SeedResult> {
  const copy = createFaultyCopy(root, fault)
  const options = { scenario, minutes, seeds, jobs: 1 }
  const argv = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  const main = join(copy.folder, 'tools/bin/simulate.ts')
  const child = spawn(process.execPath, [main, ...argv, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line)
  } finally {
    child.kill()
    copy.remove()
  }
}
