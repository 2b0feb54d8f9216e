import type { Command } from '@commander-js/extra-typings'
import type { CommandIo } from '../terminal/command-io.ts'
import { commandLine, type Exit, runCommand } from '../terminal/command-line.ts'
import { erase } from './erase.ts'
import { exportDeadLetters } from './export.ts'
import { help } from './help.ts'
import { importDeadLetters } from './import.ts'
import { list } from './list.ts'
import { filteredCommand, filterOf, patience, rate, targetedCommand } from './options.ts'
import { purgeDeadLetters } from './purge.ts'
import { replayDeadLetters } from './replay.ts'
import { show } from './show.ts'

/** Runs `npm run dlq`: lists, shows, replays and purges dead letters. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
  addReading(program, io, exit)
  addReplay(program, io, exit)
  addPurge(program, io, exit)
  addArchiving(program, io, exit)
  addErase(program, io, exit)
  return runCommand(program, argv, io, exit)
}

function addReading(program: Command, io: CommandIo, exit: Exit) {
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
}

function addReplay(program: Command, io: CommandIo, exit: Exit) {
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
}

function addPurge(program: Command, io: CommandIo, exit: Exit) {
  filteredCommand(program, 'purge', 'Deletes dead letters permanently.')
    .option('--export <file>', 'writes them to a new file first, with their events')
    .option('--without-export', 'deletes them without a copy')
    .option('--dry-run', 'only shows what would be deleted')
    .option('--yes', 'does not ask')
    .action(async options => {
      exit.code = await purgeDeadLetters(options, filterOf(options), io)
    })
}

function addArchiving(program: Command, io: CommandIo, exit: Exit) {
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
}

function addErase(program: Command, io: CommandIo, exit: Exit) {
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
}
