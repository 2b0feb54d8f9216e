import { summaryOf } from '../dead-letters/describe.ts'
import { type Filter, filterDeadLetters } from '../dead-letters/filter.ts'
import type { LeasedBatch } from '../dead-letters/scan.ts'
import type { Target } from '../dead-letters/targets.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { paint } from '../terminal/terminal.ts'
import { deadLetterTable } from './dead-letter-table.ts'
import { targetText } from './options.ts'
import { deadLetterCount, readDeadLetters, warn, withRelay } from './session.ts'

/** Prints the dead letters, oldest failure first, without personal data. Returns the exit code. */
export async function list(
  options: Target & { json?: true | undefined; limit?: number | undefined },
  filter: Filter,
  io: CommandIo,
): Promise<number> {
  const { out } = io
  const signal = io.interruption()
  const use = async (batch: LeasedBatch) => {
    const deadLetters = filterDeadLetters(batch.deadLetters, filter).slice(0, options.limit)
    if (signal.aborted) warn(io, 'interrupted: not all dead letters were read')
    if (options.json) {
      const summaries = deadLetters.map(deadLetter => summaryOf(deadLetter, Date.now()))
      printLine(out, JSON.stringify(summaries, null, 2))
    } else {
      if (deadLetters.length > 0) printLine(out, `${deadLetterTable(deadLetters, batch.deadLetters, out)}\n`)
      const isAll = deadLetters.length === batch.deadLetters.length
      const shown = isAll ? '' : `, ${deadLetters.length} of them shown`
      printLine(out, `${deadLetterCount(batch.deadLetters.length)}${shown}`)
      const hint = `npm run dlq -- show ID ${targetText(options)} shows one in detail`
      if (deadLetters.length > 0) printLine(out, paint('dim', hint, out))
    }
    return signal.aborted ? 1 : 0
  }
  return withRelay(options, io, ({ queues }) => readDeadLetters({ queues, target: options, io, signal }, use))
}
