import { availableParallelism } from 'node:os'
import { CommanderError, InvalidArgumentError } from '@commander-js/extra-typings'
import { commandLine, reasonOf } from '../terminal/command-line.ts'
import { paint } from '../terminal/terminal.ts'
import type { Io } from './io.ts'
import { repeatSeed } from './repeat-seed.ts'
import { type RunSeedsOptions, runSeeds } from './run-seeds.ts'
import { type Scenario, withChanges } from './scenario.ts'
import { scenarios } from './scenarios.ts'
import { whatIfCommand } from './what-if/what-if-command.ts'

/**
 * The command line of the simulation; `argv` without the two first words. Gives the exit code: 0 where every property
 * holds, 1 where one is broken, 2 where it could not run. Never rejects.
 */
export async function simulationCommand(argv: readonly string[], io: Io): Promise<number> {
  let exitCode = 0
  const isQuestion = argv[0] === 'what-if'
  const exit = (code: number) => {
    exitCode = code
  }
  try {
    if (isQuestion) await quiet(whatIfCommand(io), io).parseAsync(argv.slice(1), { from: 'user' })
    else await quiet(simulateCommand(io, exit), io).parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    io.stderr.write(`${paint('red', `error: ${reasonOf(error)}`, io.stderr)}\n`)
    return 2
  }
}

function simulateCommand(io: Io, exit: (code: number) => void) {
  return commandLine(
    'simulate',
    'Runs the real ingest and worker through simulated days with crashes, faults and people who edit, and checks what must hold.',
    [
      ['npm run simulate', '100 seeds of the mixed scenario'],
      ['npm run simulate -- --seeds 500 --scenario outage low-pace', '500 seeds of each'],
      ['npm run simulate -- --seed 7', 'one run again, with its trace'],
      ['npm run simulate -- what-if --help', 'how a load and an outage would end'],
    ],
    { 0: 'every property holds', 1: 'a property is broken', 2: 'it could not run' },
  )
    .option('--scenario <names...>', `of ${[...scenarios.keys()].join(', ')}; all: each of them`, ['mixed'])
    .option('--seeds <n>', 'how many', whole, 100)
    .option('--from <n>', 'the first of them', whole, 1)
    .option('--seed <n>', 'one run, with its trace', whole)
    .option('--minutes <n>', 'for which events are sent', whole)
    .option('--jobs <n>', 'runs at once', whole, availableParallelism())
    .option('--show <n>', 'kinds of broken properties that are shown in full', whole, 3)
    .option('--shrink <seconds>', 'spent on making each of them shorter; 0: none', whole, 30)
    .option('--json', 'one line of JSON for each seed; of one run, its trace')
    .action(async ({ scenario, minutes, seed, json = false, ...options }) => {
      const all = { ...options, scenarios: chosenOf(scenario, minutes), json }
      exit((await (seed === undefined ? runSeeds(all, io) : repeatAll(seed, all, io))) ? 0 : 1)
    })
}

async function repeatAll(seed: number, options: RunSeedsOptions, io: Io): Promise<boolean> {
  let isHeld = true
  for (const scenario of options.scenarios)
    isHeld = (await repeatSeed({ scenario, seed }, options, io)) && isHeld
  return isHeld
}

/** Makes a command write where it is told, and throw where it would end the process. */
function quiet<C extends ReturnType<typeof commandLine>>(command: C, { stdout, stderr }: Io): C {
  return command
    .exitOverride(error => {
      throw error
    })
    .configureOutput({
      writeOut: text => void stdout.write(text),
      writeErr: text => void stderr.write(text),
    })
}

function chosenOf(names: readonly string[], minutes: number | undefined): Scenario[] {
  const wanted = names.includes('all') ? [...scenarios.keys()] : names
  return wanted.map(name => {
    const scenario = scenarios.get(name)
    if (!scenario) throw new Error(`no scenario ${name}; there are ${[...scenarios.keys()].join(', ')}`)
    return minutes === undefined ? scenario : withChanges(scenario, { minutes })
  })
}

function whole(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.')
  return Number(text)
}
