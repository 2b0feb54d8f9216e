import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { oneOf } from '../terminal/one-of.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, table } from '../terminal/terminal.ts'
import { benchCalls } from './calls.ts'
import { benchCost } from './cost.ts'
import { benchDrain } from './drain.ts'
import { benchDrainFleets } from './drain-fleets.ts'
import { benchGrowth } from './growth.ts'
import { benchHostile } from './hostile.ts'
import { benchIngest } from './ingest.ts'
import { benchIngestLoad } from './ingest-load.ts'
import { benchIngestMemory } from './ingest-memory.ts'
import { type Figure, holds } from './measure.ts'
import { writeNumbers } from './numbers.ts'
import { benchOthersWait } from './others-wait.ts'
import { benchStart } from './start.ts'
import { benchTransformation } from './transformation.ts'
import { type Report, withEarlier } from './with-earlier.ts'
import { benchWorkerMemory } from './worker-memory.ts'

const parts: Record<string, () => Figure[] | Promise<Figure[]>> = {
  transform: benchTransformation,
  start: benchStart,
  ingest: benchIngest,
  load: benchIngestLoad,
  calls: benchCalls,
  cost: benchCost,
  growth: benchGrowth,
  hostile: benchHostile,
  memory: async () => [...(await benchIngestMemory()), ...(await benchWorkerMemory())],
  others: benchOthersWait,
  drain: async () => [...(await benchDrain()), ...(await benchDrainFleets())],
}

const help: CommandHelp = {
  name: 'bench',
  summary:
    'Measures the relay against baselines in the same run: five to ten minutes on 2 cores. Writes bench.json.',
  examples: [
    ['npm run bench', 'everything'],
    ['npm run bench -- transform start', 'only these parts'],
    ['npm run bench -- --readme', 'also write the README’s table of numbers'],
  ],
  exits: { 0: 'every figure meets its bar', 1: 'a figure misses its bar', 2: 'it could not be measured' },
}

/** Runs `npm run bench`: measures the given parts, or all. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
    .argument('[parts...]', `of ${Object.keys(parts).join(', ')}`, (name: string, before: string[] = []) => [
      ...before,
      oneOf(name, Object.keys(parts)),
    ])
    .option('--readme', 'write the tables of README, docs/numbers.md and docs/cost.md')
    .option('--json', 'figures as JSON')
    .action(async (names = [], { readme, json }) => {
      const figures = await measureAll(names, name => {
        if (!json) printLine(io.err, paint('dim', `measuring ${name} …`, io.err))
      })
      const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`
      const file = join(io.cwd, 'bench.json')
      const all = names.length > 0 ? withEarlier(figures, file, machine) : figures
      const report: Report = { at: new Date().toISOString(), machine, figures: all }
      writeFileSync(file, JSON.stringify(report, null, 2))
      printLine(io.out, json ? safeJson(figures, 'line') : show(figures, io.out))
      if (readme) writeNumbers(all, machine)
      exit.code = figures.every(holds) ? 0 : 1
    })
  return runCommand(program, argv, io, exit)
}

async function measureAll(names: string[], onPart: (name: string) => void): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, measure] of Object.entries(parts)) {
    if (names.length > 0 && !names.includes(name)) continue
    onPart(name)
    figures.push(...(await measure()))
  }
  return figures
}

function show(figures: Figure[], out: Output): string {
  const columns = [
    { title: 'what' },
    { title: 'value', isRight: true },
    { title: 'bar' },
    { title: 'met' },
    { title: 'details', mayShrink: true },
  ]
  const rows = figures.map(figure => [
    figure.name,
    `${figure.value.toFixed(2)} ${figure.unit}`,
    barOf(figure),
    figure.bar ? (holds(figure) ? 'yes' : 'NO') : '',
    figure.detail,
  ])
  return table(columns, rows, out)
}

function barOf({ bar }: Figure): string {
  if (bar?.atLeast !== undefined) return `≥ ${bar.atLeast}`
  return bar?.atMost === undefined ? '' : `≤ ${bar.atMost}`
}
