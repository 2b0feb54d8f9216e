import type { CommandIo } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { list } from './list.ts'
import { filteredCommand, filterOf, patience, rate, targetedCommand } from './options.ts'
import { purgeDeadLetters } from './purge.ts'
import { replayDeadLetters } from './replay.ts'
import { show } from './show.ts'

const help: CommandHelp = {
  name: 'dlq',
  summary: 'Lists the dead letters, shows one, sends them again, or deletes them.',
  examples: [
    ['npm run dlq -- list --local', 'what the local relay could not deliver'],
    [
      'npm run dlq -- show 1a2b3c4d --stack kustomer-relay',
      'one dead letter, its event and its current call',
    ],
    ['npm run dlq -- replay --local --code REJECTED --dry-run', 'what a replay would send'],
    ['npm run dlq -- replay --local --since 2h --rate 20 --yes', 'sends them without asking'],
    ['npm run dlq -- purge --local --id 1a2b3c4d', 'deletes one dead letter permanently'],
  ],
  exits: {
    0: 'all was done, or there was nothing to do; with --wait: each event was delivered',
    1: 'something was not done, or an event is dead again: the last lines say why; or it was interrupted',
    3: 'with --wait: all were sent, and some events still wait for their delivery',
    2: 'nothing was done: wrong arguments, an unknown id, queues not reachable, or no terminal and no --yes',
  },
}

/** Runs `npm run dlq`: lists, shows, replays and purges dead letters. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
  filteredCommand(
    program,
    'list',
    'Lists the dead letters, oldest failure first, without personal data.',
  ).action(async options => {
    exit.code = await list(options, filterOf(options), io)
  })
  targetedCommand(
    program,
    'show',
    'Shows one dead letter: its reason, its event and the call that the current code makes from it.',
  )
    .argument('<id>', 'the beginning of its id, or its messageId')
    .option(
      '--settings <file>',
      'JSON file with other mapping settings (default: those of the relay or the stack)',
    )
    .action((id, options) => show(id, options, io))
  filteredCommand(
    program,
    'replay',
    "Sends dead letters to the queue again, each person's in order, and deletes them.",
  )
    .option('--rate <perSecond>', 'dead letters per second, at equal intervals', rate, 5)
    .option(
      '--wait [time]',
      'waits for the end of each event, at most this long without news (2m); on a terminal this is the default',
      patience,
    )
    .option('--no-wait', 'ends when all are sent')
    .option('--dry-run', 'only shows what would be sent')
    .option('--yes', 'does not ask')
    .action(async options => {
      exit.code = await replayDeadLetters(options, filterOf(options), io)
    })
  filteredCommand(program, 'purge', 'Deletes dead letters permanently.')
    .option('--dry-run', 'only shows what would be deleted')
    .option('--yes', 'does not ask')
    .action(async options => {
      exit.code = await purgeDeadLetters(options, filterOf(options), io)
    })
  return runCommand(program, argv, io, exit)
}
