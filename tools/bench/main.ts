import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { commandLine, run } from '../terminal/command-line.ts'
import { paint, table } from '../terminal/terminal.ts'
import { benchCalls } from './calls.ts'
import { benchDrain } from './drain.ts'
import { benchGrowth } from './growth.ts'
import { benchHostile } from './hostile.ts'
import { benchIngest } from './ingest.ts'
import { benchIngestLoad } from './ingest-load.ts'
import { benchIngestMemory } from './ingest-memory.ts'
import { type Figure, holds } from './measure.ts'
import { writeNumbers } from './numbers.ts'
import { benchStart } from './start.ts'
import { benchTransformation } from './transformation.ts'

const parts: Record<string, () => Figure[] | Promise<Figure[]>> = {
  transform: benchTransformation,
  hostile: benchHostile,
  start: benchStart,
  ingest: benchIngest,
  load: benchIngestLoad,
  memory: benchIngestMemory,
  calls: benchCalls,
  growth: benchGrowth,
  drain: benchDrain,
}

const program = commandLine(
  'bench',
  'Measures the relay against baselines in the same run: about four minutes on 2 cores. Writes bench.json.',
  [
    ['npm run bench', 'everything'],
    ['npm run bench -- transform start', 'only these parts'],
    ['npm run bench -- --readme', 'and write the README’s table of numbers'],
  ],
  { 0: 'every bar holds', 1: 'a bar falls short', 2: 'it could not be measured' },
)
  .argument('[parts...]', `of ${Object.keys(parts).join(', ')}`)
  .option('--readme', 'write the README’s table')
  .option('--json', 'figures as JSON')
  .action(async (names, { readme, json }) => {
    const unknown = names.find(name => !(name in parts))
    if (unknown) throw new Error(`no part ${unknown}; there are ${Object.keys(parts).join(', ')}`)
    const figures: Figure[] = []
    for (const [name, measure] of Object.entries(parts)) {
      if (names.length > 0 && !names.includes(name)) continue
      if (!json) console.error(paint('dim', `measuring ${name} …`, process.stderr))
      figures.push(...(await measure()))
    }
    const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`
    writeFileSync('bench.json', JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2))
    console.log(json ? JSON.stringify(figures) : show(figures))
    if (readme) writeNumbers(figures, machine)
    process.exitCode = figures.every(holds) ? 0 : 1
  })

function show(figures: Figure[]): string {
  const columns = [
    { title: 'what' },
    { title: 'value', isRight: true },
    { title: 'bar' },
    { title: 'holds' },
    { title: 'behind it', mayShrink: true },
  ]
  const rows = figures.map(figure => [
    figure.name,
    `${figure.value.toFixed(2)} ${figure.unit}`,
    barOf(figure),
    figure.bar ? (holds(figure) ? 'yes' : 'NO') : '',
    figure.detail,
  ])
  return table(columns, rows)
}

function barOf({ bar }: Figure): string {
  if (bar?.atLeast !== undefined) return `≥ ${bar.atLeast}`
  return bar?.atMost === undefined ? '' : `≤ ${bar.atMost}`
}

await run(program)
