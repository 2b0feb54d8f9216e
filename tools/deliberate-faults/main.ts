import { fileURLToPath } from 'node:url'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { whole } from '../terminal/numbers.ts'
import { paint } from '../terminal/terminal.ts'
import { faults } from './faults.ts'
import { findFault } from './find-fault.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const help: CommandHelp = {
  name: 'simulate:faults',
  summary: 'Puts deliberate faults into copies of the code and says which the simulation finds.',
  examples: [
    ['npm run simulate:faults', 'all of them, 200 seeds each at most'],
    ['npm run simulate:faults -- 429 key', 'those whose sentence holds one of these words'],
  ],
  exits: { 0: 'every fault was found', 1: 'a fault was missed', 2: 'it could not run' },
}

/** Runs `npm run simulate:faults`: looks for each deliberate fault by simulation. Gives the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const { out } = io
  const program = commandLine(io, help)
    .argument('[words...]', 'of the sentences of the faults')
    .option('--seeds <n>', 'seeds that are tried for each fault, at most', whole(), 200)
    .option('--minutes <n>', 'simulated minutes for which events are sent', whole(), 30)
    .action(async (words, { seeds, minutes }) => {
      const chosen = faults.filter(
        ({ name }) => words.length === 0 || words.some(word => name.includes(word)),
      )
      if (chosen.length === 0) throw new Error(`No fault has one of these words: ${words.join(', ')}`)
      for (const fault of chosen) {
        const search = { root, seeds, minutes, scenario: fault.scenario ?? 'mixed' }
        const finding = await findFault(fault, search)
        if (finding.kind === 'missed') exit.code = 1
        const [mark, how] =
          finding.kind === 'found'
            ? [paint('green', '✓', out), `${search.scenario} ${finding.seed}: ${finding.what}`]
            : [paint('red', '✗', out), `missed in ${seeds} seeds of ${search.scenario}`]
        printLine(out, `${mark} ${fault.name}\n  ${paint('dim', how, out)}`)
      }
    })
  return runCommand(program, argv, io, exit)
}
