import { summaryOf } from '../dead-letters/describe.ts'
import { type Filter, filterDeadLetters } from '../dead-letters/filter.ts'
import { type Prepared, prepareReplay } from '../dead-letters/prepare.ts'
import { type ReplayReport, replay } from '../dead-letters/replay.ts'
import type { LeasedBatch } from '../dead-letters/scan.ts'
import type { Target } from '../dead-letters/targets.ts'
import { ask } from '../terminal/ask.ts'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { progress } from '../terminal/terminal.ts'
import { closeWith, namesOf, printReasons } from './closing.ts'
import { deadLetterTable } from './dead-letter-table.ts'
import { targetText } from './options.ts'
import { deadLetterCount, readDeadLetters, requireAnswer, warn } from './session.ts'

/** The options of `replay`: the queues, the rate, and whether to ask. */
export interface ReplayCommand extends Target {
  json?: true | undefined
  limit?: number | undefined
  dryRun?: true | undefined
  yes?: true | undefined
  rate: number
}

/** Sends dead letters to the queue again and prints the result. Returns the exit code: 1 if one was not replayed. */
export async function replayDeadLetters(
  options: ReplayCommand,
  filter: Filter,
  io: CommandIo,
): Promise<number> {
  if (!options.dryRun) requireAnswer(io, options.yes)
  const signal = io.interruption()
  return readDeadLetters(options, { io, signal }, async batch => {
    const chosen = prepareReplay(filterDeadLetters(batch.deadLetters, filter)).slice(0, options.limit)
    if (options.dryRun) return printDryRun(batch, chosen, options, io.out)
    const question = `Replay ${deadLetterCount(chosen.length)} of ${batch.deadLetters.length}, ${options.rate} per second?`
    const isGo = chosen.length === 0 || options.yes || (await ask(io, question, signal))
    if (!isGo && !signal.aborted) {
      warn(io, 'Nothing was replayed.')
      return 0
    }
    const bar = progress(chosen.length, 'replayed', io.err)
    const report = await replay(batch, chosen, {
      perSecond: options.rate,
      signal,
      onProgress: bar.update,
    })
    bar.close()
    const code = printReport(batch, report, options, io)
    return signal.aborted ? 1 : code
  })
}

function printDryRun(
  { deadLetters }: LeasedBatch,
  chosen: Prepared[],
  options: ReplayCommand,
  out: Output,
): number {
  const would = chosen.flatMap(one => (one.kind === 'ready' ? [one.deadLetter] : []))
  const wouldNot = chosen.flatMap(one => (one.kind === 'stuck' ? [one] : []))
  const named = namesOf(deadLetters, wouldNot)
  if (options.json) {
    const wouldReplay = would.map(deadLetter => summaryOf(deadLetter, Date.now()))
    const counts = { read: deadLetters.length, wouldReplay, wouldNotReplay: named }
    printLine(out, JSON.stringify(counts, null, 2))
    return 0
  }
  if (would.length > 0) printLine(out, `${deadLetterTable(would, deadLetters, out)}\n`)
  printReasons('would not replay', named, out)
  printLine(
    out,
    `read ${deadLetters.length}, would replay ${would.length}, would not replay ${wouldNot.length}`,
  )
  return 0
}

function printReport(
  { deadLetters }: LeasedBatch,
  { replayed, notReplayed, notDeleted }: ReplayReport,
  options: ReplayCommand,
  io: CommandIo,
): number {
  const duplicates = namesOf(deadLetters, notDeleted)
  const code = closeWith(
    [
      ['read', deadLetters.length],
      ['replayed', replayed.length],
      ['not replayed', namesOf(deadLetters, notReplayed)],
      ['replayed but not deleted', duplicates],
    ],
    options.json,
    io.out,
  )
  if (duplicates.length > 0) {
    const ids = duplicates.map(({ id }) => id).join(' ')
    warn(
      io,
      `Delete these dead letters: they are in the queue again. npm run dlq -- purge ${targetText(options)} --id ${ids}`,
    )
  }
  return code
}
