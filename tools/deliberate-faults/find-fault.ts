import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { brokenKind } from '../simulation/broken-kind.ts'
import type { SeedResult } from '../simulation/simulate-seed.ts'
import type { DeliberateFault } from './faults.ts'
import { createFaultyCopy } from './faulty-copy.ts'

/** What the simulation found: the seed and what was broken; or nothing, within how many seeds. */
export type Finding = { kind: 'found'; seed: number; what: string } | { kind: 'missed'; seeds: number }

/** Where to look. */
export interface Search {
  root: string
  scenario: string
  minutes: number
  seeds: number
}

/** Runs the seeds on a copy of the code with the fault, until one breaks something that it holds without the fault. */
export async function findFault(fault: DeliberateFault, search: Search): Promise<Finding> {
  for await (const { seed, broken } of simulateCopy({ ...search, from: 1 }, fault)) {
    if (broken.length === 0) continue
    const known = await knownKinds(seed, search)
    const [what] = broken.map(brokenKind).filter(kind => !known.has(kind))
    if (what) return { kind: 'found', seed, what }
  }
  return { kind: 'missed', seeds: search.seeds }
}

/** What the seed breaks without a fault: nothing, where the code holds what it must. */
async function knownKinds(seed: number, search: Search): Promise<Set<string>> {
  const known = new Set<string>()
  for await (const { broken } of simulateCopy({ ...search, from: seed, seeds: 1 }))
    for (const one of broken) known.add(brokenKind(one))
  return known
}

/** The results of the seeds, one after the other. Whoever stops asking stops the simulation. Throws where it cannot run. */
async function* simulateCopy(
  { root, scenario, minutes, seeds, from }: Search & { from: number },
  fault?: DeliberateFault,
): AsyncGenerator<SeedResult> {
  const copy = createFaultyCopy(root, fault)
  const options = { scenario, minutes, seeds, from, jobs: 1 }
  const argv = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  const main = join(copy.folder, 'tools/bin/simulate.ts')
  const child = spawn(process.execPath, [main, ...argv, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let results = 0
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      results++
      yield JSON.parse(line)
    }
    // Node also ends with 1, which here means a broken property, when a module is missing.
    if (results < seeds) {
      const code = child.exitCode ?? (await once(child, 'exit'))[0]
      throw new Error(`the simulation of ${scenario} could not run: exit ${code}`)
    }
  } finally {
    child.kill()
    copy.remove()
  }
}
