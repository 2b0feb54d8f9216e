import { commandLine, run } from '../terminal/command-line.ts'
import { list } from './list.ts'
import { filteredCommand, filterOf, rate, targetedCommand } from './options.ts'
import { purgeDeadLetters } from './purge.ts'
import { replayDeadLetters } from './replay.ts'
import { show } from './show.ts'

const program = commandLine(
  'dlq',
  'Looks into the dead-letter queue, sends dead letters again, or deletes them.',
  [
    ['npm run dlq -- list --local', 'what the local relay could not deliver'],
    ['npm run dlq -- show 1a2b3c4d --stack kustomer-relay', 'one dead letter, its event, and its call today'],
    ['npm run dlq -- replay --local --code REJECTED --dry-run', 'what a replay would send'],
    ['npm run dlq -- replay --local --since 2h --rate 20 --yes', 'sends it, without a question'],
    ['npm run dlq -- purge --local --id 1a2b3c4d', 'deletes one dead letter for good'],
  ],
  {
    0: 'all was done, or nothing was to be done',
    1: 'something was not: the closing lines name each dead letter and why (also: interrupted)',
    2: 'nothing was done: wrong arguments, an id of no dead letter, queues out of reach, or nobody to ask and no --yes',
  },
)

filteredCommand(program, 'list', 'Lists the dead letters, oldest failure first; nothing personal.').action(
  options => list(options, filterOf(options)),
)

targetedCommand(
  program,
  'show',
  "Shows one dead letter: reason, event, and the call that today's code would make.",
)
  .argument('<id>', 'the beginning of its id, or its messageId')
  .option('--settings <file>', "JSON of the relay's mapping settings; the defaults without")
  .action(show)

filteredCommand(
  program,
  'replay',
  'Sends dead letters to the queue again, each person in order; deletes what was sent.',
)
  .option('--rate <perSecond>', 'dead letters a second, at even distances', rate, 5)
  .option('--dry-run', 'only shows what would be sent')
  .option('--yes', 'does not ask')
  .action(options => replayDeadLetters(options, filterOf(options)))

filteredCommand(program, 'purge', 'Deletes dead letters for good.')
  .option('--dry-run', 'only shows what would be deleted')
  .option('--yes', 'does not ask')
  .action(options => purgeDeadLetters(options, filterOf(options)))

await run(program)
