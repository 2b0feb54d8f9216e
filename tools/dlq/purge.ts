import type { DeadLetterMessage } from '../dead-letters/dead-letter-message.ts'
import { summaryOf } from '../dead-letters/describe.ts'
import { type Filter, filterDeadLetters } from '../dead-letters/filter.ts'
import { purge } from '../dead-letters/purge.ts'
import type { LeasedBatch } from '../dead-letters/scan.ts'
import type { Target } from '../dead-letters/targets.ts'
import { ask } from '../terminal/ask.ts'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { progress } from '../terminal/terminal.ts'
import { closeWith, namesOf } from './closing.ts'
import { deadLetterTable } from './dead-letter-table.ts'
import { deadLetterCount, readDeadLetters, requireAnswer, warn, withRelay } from './session.ts'

/** The options of `purge`: the queues, and whether to ask. */
export interface PurgeCommand extends Target {
  json?: true | undefined
  limit?: number | undefined
  dryRun?: true | undefined
  yes?: true | undefined
}

/** Deletes dead letters permanently and prints the result. Returns the exit code: 1 if one could not be deleted. */
export async function purgeDeadLetters(
  options: PurgeCommand,
  filter: Filter,
  io: CommandIo,
): Promise<number> {
  if (!options.dryRun) requireAnswer(io, options.yes)
  const signal = io.interruption()
  const use = async (batch: LeasedBatch) => {
    const { deadLetters } = batch
    const chosen = filterDeadLetters(deadLetters, filter).slice(0, options.limit)
    if (options.dryRun) return printDryRun(deadLetters, chosen, options, io.out)
    const question = `Delete ${deadLetterCount(chosen.length)} of ${deadLetters.length} permanently?`
    const isGo = chosen.length === 0 || options.yes || (await ask(io, question, signal))
    if (!isGo && !signal.aborted) {
      warn(io, 'Nothing was purged.')
      return 0
    }
    const bar = progress(chosen.length, 'purged', io.err)
    const { purged, notPurged } = await purge(batch, chosen, { signal, onProgress: bar.update })
    bar.close()
    const code = closeWith(
      [
        ['read', deadLetters.length],
        ['purged', purged.length],
        ['not purged', namesOf(deadLetters, notPurged)],
      ],
      options.json,
      io.out,
    )
    return signal.aborted ? 1 : code
  }
  return withRelay(options, io, ({ queues }) => readDeadLetters({ queues, target: options, io, signal }, use))
}

function printDryRun(
  all: DeadLetterMessage[],
  chosen: DeadLetterMessage[],
  { json }: PurgeCommand,
  out: Output,
): number {
  if (json) {
    const wouldPurge = chosen.map(one => summaryOf(one, Date.now()))
    printLine(out, JSON.stringify({ read: all.length, wouldPurge }, null, 2))
    return 0
  }
  if (chosen.length > 0) printLine(out, `${deadLetterTable(chosen, all, out)}\n`)
  printLine(out, `read ${all.length}, would purge ${chosen.length}`)
  return 0
}
