import { randomInt } from 'node:crypto'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { whole } from '../terminal/numbers.ts'
import { oneOf } from '../terminal/one-of.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, safe } from '../terminal/terminal.ts'
import { runTarget } from './run-target.ts'
import { targets } from './targets.ts'

const help: CommandHelp = {
  name: 'fuzz',
  summary: `Tries hostile input on the parts that take input of strangers: ${[...targets.keys()].join(', ')}.`,
  examples: [
    ['npm run fuzz', '20,000 cases of each target, from a random seed'],
    [
      'npm run fuzz -- worker --runs 100000 --seed 7',
      'more cases of one target, and the same ones each time',
    ],
  ],
  exits: {
    0: 'everything held',
    1: 'something did not hold: the smallest case is printed, to be kept in test/fuzz/corpus',
    2: 'wrong arguments',
  },
}

/** Runs `npm run fuzz`, one target after the other. Returns the exit code. A test passes its own targets. */
export async function main(argv: string[], io: CommandIo, all = targets): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
    .argument('[targets...]', 'only these targets', (name: string, before: string[] = []) => [
      ...before,
      oneOf(name, [...all.keys()]),
    ])
    .option('--runs <n>', 'cases of each target', whole(), 20_000)
    .option('--seed <n>', 'the seed of the first case (default: a random one)', whole())
    .action(async (names = [], { runs, seed = randomInt(1_000_000) }) => {
      for (const [name, target] of all) {
        if (names.length > 0 && !names.includes(name)) continue
        const finding = await runTarget(target, { runs, seed })
        if (finding === undefined)
          printLine(io.out, `${name}: seed ${seed}, ${runs} cases held. ${target.sentence}`)
        else {
          exit.code = 1
          printLine(
            io.out,
            paint('red', `${name}: seed ${seed}, case ${finding.run}: ${safe(finding.fault)}`, io.out),
          )
          printLine(io.out, safeJson({ why: '', input: finding.input }, 'line'))
        }
      }
    })
  return runCommand(program, argv, io, exit)
}
