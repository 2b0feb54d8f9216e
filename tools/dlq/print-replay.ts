import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { closeWith, type Named, namesOf } from './closing.ts'
import type { Tally } from './follow-replays.ts'
import { dlqCommand } from './options.ts'
import type { ReplayCommand, ReplayResult } from './replay-command.ts'
import { warn } from './session.ts'

/** The exit code of a replay after which events still wait, and nothing else is left. */
const stillWaitingCode = 3

/** Prints the result of a replay and, if it was followed, how the events ended. Returns the exit code. */
export function printReplay(
  { readIds, replayed, notReplayed, notDeleted, late }: ReplayResult,
  tally: Tally | undefined,
  options: ReplayCommand,
  io: CommandIo,
): number {
  const duplicates = namesOf(readIds, notDeleted)
  const counts: [string, number | Named[]][] = [
    ['read', readIds.size],
    ['replayed', replayed],
    ['not replayed', namesOf(readIds, notReplayed)],
    ['replayed but not deleted', duplicates],
  ]
  if (tally)
    counts.push(
      ['delivered', tally.delivered],
      ['dead again', tally.deadAgain],
      ['still waiting', tally.stillWaiting],
    )
  const isLeft = closeWith(counts, options.json, io.out) > 0
  if (duplicates.length > 0) {
    const ids = duplicates.map(({ id }) => id).join(' ')
    warn(
      io,
      `Delete these dead letters: they are in the queue again. ${dlqCommand('purge', options, io)} --without-export --id ${ids}`,
    )
  }
  if (late > 0)
    warn(io, `${late} events were sent after a later event of the same person: SQS returned them late.`)
  if (tally && tally.stillWaiting.length > 0)
    printLine(io.err, 'An event that waits is tried again by the relay; there is nothing to do now.')
  const isBad = notReplayed.length + notDeleted.length + (tally?.deadAgain.length ?? 0) > 0
  return isLeft && !isBad ? stillWaitingCode : Number(isLeft)
}
