import type { CommandIo, Output } from '../terminal/command-io.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, progress, table } from '../terminal/terminal.ts'
import { brokenKind } from './broken-kind.ts'
import { describeBroken } from './describe-broken.ts'
import type { Scenario } from './scenario.ts'
import type { SeedResult } from './simulate-seed.ts'
import { simulateSeeds } from './simulate-seeds.ts'

/** Which seeds of which scenarios, and what to show of them. */
export interface RunSeedsOptions {
  scenarios: readonly Scenario[]
  from: number
  seeds: number
  /** Runs at once. */
  jobs: number
  /** Kinds of broken properties that are shown in full, each made shorter for so many seconds. */
  show: number
  shrink: number
  json: boolean
}

/** One way in which a property is broken: the seeds of one scenario that show it. */
interface BrokenKind {
  scenario: Scenario
  kind: string
  seeds: Set<number>
}

/**
 * Runs the seeds, shows how far it is, and then what is broken: the seeds of each kind, and the first seed of some kinds
 * as short as it could be made. With `json` it writes one line for each seed instead. Gives whether everything held.
 */
export async function runSeeds(options: RunSeedsOptions, { out, err }: CommandIo): Promise<boolean> {
  const { scenarios, from, seeds, jobs, json } = options
  const numbers = Array.from({ length: seeds }, (_, index) => from + index)
  const runs = scenarios.flatMap(scenario => numbers.map(seed => ({ scenario, seed })))
  const bar = progress(runs.length, 'runs', err)
  const kinds = new Map<string, BrokenKind>()
  const startMs = performance.now()
  let [done, broken] = [0, 0]
  for await (const result of simulateSeeds(runs, jobs)) {
    bar.update(++done)
    if (result.broken.length > 0) broken++
    if (json) out.write(`${safeJson(result, 'line')}\n`)
    else collect(result, scenarios, kinds)
  }
  bar.close()
  const took = `${done} runs in ${((performance.now() - startMs) / 1_000).toFixed(1)} s`
  if (!json && broken === 0) out.write(`${paint('green', 'every property holds', out)} · ${took}\n`)
  if (!json && broken > 0) {
    out.write(`${paint('red', `${broken} of ${done} runs broken`, out)} · ${took}\n\n`)
    await showKinds([...kinds.values()], options, out)
  }
  return broken === 0
}

function collect(result: SeedResult, scenarios: readonly Scenario[], kinds: Map<string, BrokenKind>) {
  const scenario = scenarios.find(({ name }) => name === result.scenario)
  if (!scenario) return
  for (const one of result.broken) {
    const kind = brokenKind(one)
    const key = `${scenario.name} ${kind}`
    const seen = kinds.get(key) ?? { scenario, kind, seeds: new Set<number>() }
    seen.seeds.add(result.seed)
    kinds.set(key, seen)
  }
}

async function showKinds(kinds: BrokenKind[], { show, shrink }: RunSeedsOptions, out: Output) {
  const often = kinds.toSorted((a, b) => b.seeds.size - a.seeds.size)
  const rows = often.map(({ scenario, kind, seeds }) => [
    ...[scenario.name, kind, String(seeds.size)],
    [...seeds].slice(0, 5).join(' '),
  ])
  const columns = [
    { title: 'scenario' },
    { title: 'broken', mayShrink: true },
    { title: 'seeds', isRight: true },
    { title: 'first' },
  ]
  out.write(`${table(columns, rows, out)}\n`)
  for (const { scenario, kind, seeds } of often.slice(0, show)) {
    const [seed = 0] = seeds
    out.write(`\n${await describeBroken({ scenario, seed }, kind, shrink, out)}\n`)
  }
}
