import type { CommandIo } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { list } from './list.ts'
import { filteredCommand, filterOf, rate, targetedCommand } from './options.ts'
import { purgeDeadLetters } from './purge.ts'
import { replayDeadLetters } from './replay.ts'
import { show } from './show.ts'

const help: CommandHelp = {
  name: 'dlq',
  summary: 'Looks into the dead-letter queue, sends dead letters again, or deletes them.',
  examples: [
    ['npm run dlq -- list --local', 'what the local relay could not deliver'],
    ['npm run dlq -- show 1a2b3c4d --stack kustomer-relay', 'one dead letter, its event, and its call today'],
    ['npm run dlq -- replay --local --code REJECTED --dry-run', 'what a replay would send'],
    ['npm run dlq -- replay --local --since 2h --rate 20 --yes', 'sends it, without a question'],
    ['npm run dlq -- purge --local --id 1a2b3c4d', 'deletes one dead letter for good'],
  ],
  exits: {
    0: 'all was done, or nothing was to be done',
    1: 'something was not: the closing lines name each dead letter and why (also: interrupted)',
    2: 'nothing was done: wrong arguments, an id of no dead letter, queues out of reach, or nobody to ask and no --yes',
  },
}

/** Runs `npm run dlq`: lists, shows, replays and purges dead letters. Gives the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
  filteredCommand(program, 'list', 'Lists the dead letters, oldest failure first; nothing personal.').action(
    async options => {
      exit.code = await list(options, filterOf(options), io)
    },
  )
  targetedCommand(
    program,
    'show',
    "Shows one dead letter: reason, event, and the call that today's code would make.",
  )
    .argument('<id>', 'the beginning of its id, or its messageId')
    .option('--settings <file>', "JSON of the relay's mapping settings; the defaults without")
    .action((id, options) => show(id, options, io))
  filteredCommand(
    program,
    'replay',
    'Sends dead letters to the queue again, each person in order; deletes what was sent.',
  )
    .option('--rate <perSecond>', 'dead letters a second, at even distances', rate, 5)
    .option('--dry-run', 'only shows what would be sent')
    .option('--yes', 'does not ask')
    .action(async options => {
      exit.code = await replayDeadLetters(options, filterOf(options), io)
    })
  filteredCommand(program, 'purge', 'Deletes dead letters for good.')
    .option('--dry-run', 'only shows what would be deleted')
    .option('--yes', 'does not ask')
    .action(async options => {
      exit.code = await purgeDeadLetters(options, filterOf(options), io)
    })
  return runCommand(program, argv, io, exit)
}
