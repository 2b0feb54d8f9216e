import { availableParallelism } from 'node:os'
import type { CommandIo } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { whole } from '../terminal/numbers.ts'
import { oneOf } from '../terminal/one-of.ts'
import { repeatSeed } from './repeat-seed.ts'
import { type RunSeedsOptions, runSeeds } from './run-seeds.ts'
import { type Scenario, withChanges } from './scenario.ts'
import { scenarios } from './scenarios.ts'
import { whatIfCommand } from './what-if/what-if-command.ts'

const help: CommandHelp = {
  name: 'simulate',
  summary:
    'Runs the real ingest and worker through simulated days with crashes, faults and people who edit, and checks what must hold.',
  examples: [
    ['npm run simulate', '100 seeds of the mixed scenario'],
    ['npm run simulate -- --seeds 500 --scenario outage low-pace', '500 seeds of each'],
    ['npm run simulate -- --seed 7', 'one run again, with its trace'],
    ['npm run simulate -- what-if --help', 'how a load and an outage would end'],
  ],
  exits: { 0: 'every property holds', 1: 'a property is broken', 2: 'it could not run' },
}

/** Runs `npm run simulate`: seeds, one seed again, or a question. Gives the exit code. Never rejects. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  return argv[0] === 'what-if'
    ? runCommand(whatIfCommand(io), argv.slice(1), io, exit)
    : runCommand(simulateCommand(io, exit), argv, io, exit)
}

function simulateCommand(io: CommandIo, exit: { code: number }) {
  return commandLine(io, help)
    .argument('[command]', 'what-if: says how a load and an outage would end', text =>
      oneOf(text, ['what-if']),
    )
    .option(
      '--scenario <names...>',
      `of ${[...scenarios.keys()].join(', ')}; all: each of them (default: mixed)`,
      (text: string, before: string[] = []) => [...before, oneOf(text, ['all', ...scenarios.keys()])],
    )
    .option('--seeds <n>', 'how many seeds of each scenario', whole(), 100)
    .option('--from <n>', 'the first seed', whole(), 1)
    .option('--seed <n>', 'runs this seed alone, and shows its trace', whole())
    .option(
      '--minutes <n>',
      'simulated minutes for which events are sent (default: those of the scenario)',
      whole(),
    )
    .option('--jobs <n>', 'runs at once', whole(1, 999), availableParallelism())
    .option('--show <n>', 'kinds of broken properties that are shown in full', whole(0), 3)
    .option('--shrink <seconds>', 'seconds spent on making each of them shorter; 0: none', whole(0), 30)
    .option('--json', 'one line of JSON for each seed; of one run, its trace')
    .action(async (_, { scenario = ['mixed'], minutes, seed, json = false, ...options }) => {
      const all = { ...options, scenarios: chosenOf(scenario, minutes), json }
      exit.code = (await (seed === undefined ? runSeeds(all, io) : repeatAll(seed, all, io))) ? 0 : 1
    })
}

async function repeatAll(seed: number, options: RunSeedsOptions, io: CommandIo): Promise<boolean> {
  let isHeld = true
  for (const scenario of options.scenarios)
    isHeld = (await repeatSeed({ scenario, seed }, options, io)) && isHeld
  return isHeld
}

function chosenOf(names: readonly string[], minutes: number | undefined): Scenario[] {
  const wanted = names.includes('all') ? [...scenarios.keys()] : names
  return wanted.map(name => {
    const scenario = scenarios.get(name)
    if (!scenario) throw new Error(`There is no scenario ${name}`)
    return minutes === undefined ? scenario : withChanges(scenario, { minutes })
  })
}
