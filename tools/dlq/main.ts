import type { CommandIo } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { erase } from './erase.ts'
import { exportDeadLetters } from './export.ts'
import { importDeadLetters } from './import.ts'
import { list } from './list.ts'
import { filteredCommand, filterOf, patience, rate, targetedCommand } from './options.ts'
import { purgeDeadLetters } from './purge.ts'
import { replayDeadLetters } from './replay.ts'
import { show } from './show.ts'

const help: CommandHelp = {
  name: 'dlq',
  summary: 'Lists the dead letters, shows one, sends them again, exports or deletes them.',
  examples: [
    ['npm run dlq -- list --local', 'what the local relay could not deliver'],
    [
      'npm run dlq -- show 1a2b3c4d --stack kustomer-relay',
      'one dead letter, its event and its current call',
    ],
    ['npm run dlq -- replay --local --code REJECTED --dry-run', 'what a replay would send'],
    ['npm run dlq -- replay --local --since 2h --rate 20 --yes', 'sends them without asking'],
    [
      'npm run dlq -- purge --local --id 1a2b3c4d --export old.ndjson',
      'deletes one, after it was written to a file',
    ],
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
    .option(
      '--rate <perSecond>',
      'dead letters per second, at equal intervals (default: at most 10, and only while few events wait in the queue)',
      rate,
    )
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
    .option('--export <file>', 'writes them to a new file first, with their events')
    .option('--without-export', 'deletes them without a copy')
    .option('--dry-run', 'only shows what would be deleted')
    .option('--yes', 'does not ask')
    .action(async options => {
      exit.code = await purgeDeadLetters(options, filterOf(options), io)
    })
  filteredCommand(
    program,
    'export',
    'Writes dead letters with their events to a new file, one line of JSON each. They stay in the queue.',
  )
    .argument('<file>', 'a new file; - is standard output')
    .action(async (file, options) => {
      exit.code = await exportDeadLetters(file, options, filterOf(options), io)
    })
  targetedCommand(program, 'import', 'Puts exported dead letters into the dead-letter queue again.')
    .argument('<file>', 'a file of export; - is standard input')
    .action(async (file, options) => {
      exit.code = await importDeadLetters(file, options, io)
    })
  targetedCommand(
    program,
    'erase',
    "Deletes a person's dead letters and person record (for an erasure request, see docs/privacy.md).",
  )
    .argument('<id...>', 'user id and anonymous ids of the person')
    .option('--dry-run', 'only shows what is stored')
    .option('--yes', 'does not ask')
    .action(async (ids, options) => {
      exit.code = await erase(ids, options, io)
    })
  return runCommand(program, argv, io, exit)
}
