import type { CommandHelp } from '../terminal/command-line.ts'

/** What `npm run dlq -- --help` says beside the commands and options. */
export const help: CommandHelp = {
  name: 'dlq',
  summary: 'Lists the dead letters, shows one, sends them again, exports or deletes them.',
  examples: [
    ['npm run dlq -- list --local', 'what the local relay could not deliver'],
    ['npm run -s dlq -- list --local --json', 'the same, for a program'],
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
    [
      'npm run dlq -- export all.ndjson --stack kustomer-relay',
      'writes all to a file; they stay in the queue',
    ],
    ['npm run dlq -- import all.ndjson --stack kustomer-relay', 'puts them back into the dead-letter queue'],
    ['npm run dlq -- erase alice --stack kustomer-relay --dry-run', 'what is stored about a person'],
  ],
  exits: {
    0: 'all was done, or there was nothing to do; with --wait: each event was delivered',
    1: 'something was not done, or an event is dead again: the last lines say why; or it was interrupted',
    3: 'with --wait: all were sent, and some events still wait for their delivery',
    2: 'nothing was done: wrong arguments, an unknown id, queues not reachable, or no terminal and no --yes',
  },
}
