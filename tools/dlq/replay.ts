import { summaryOf } from '../dead-letters/describe.ts'
import { type Filter, filterDeadLetters } from '../dead-letters/filter.ts'
import { type Prepared, prepareReplay } from '../dead-letters/prepare.ts'
import { type ReplayReport, replay } from '../dead-letters/replay.ts'
import type { LeasedBatch } from '../dead-letters/scan.ts'
import type { Target } from '../dead-letters/targets.ts'
import { interruption } from '../terminal/command-line.ts'
import { progress } from '../terminal/terminal.ts'
import { closeWith, namesOf, tellCauses } from './closing.ts'
import { deadLetterTable } from './dead-letter-table.ts'
import { targetText } from './options.ts'
import { confirm, letterCount, readDeadLetters, requireAnswer, warn } from './session.ts'

/** The options of a replay: which queues, how fast, and whether to ask. */
export interface ReplayCommand extends Target {
  json?: true | undefined
  limit?: number | undefined
  dryRun?: true | undefined
  yes?: true | undefined
  rate: number
}

/** Sends dead letters to the queue again and says what became of each; exit code 1 where one was not replayed wholly. */
export async function replayDeadLetters(options: ReplayCommand, filter: Filter) {
  if (!options.dryRun) requireAnswer(options.yes)
  const signal = interruption()
  await readDeadLetters(options, signal, async batch => {
    const chosen = prepareReplay(filterDeadLetters(batch.deadLetters, filter)).slice(0, options.limit)
    if (options.dryRun) return foretell(batch, chosen, options)
    const question = `Replay ${letterCount(chosen.length)} of ${batch.deadLetters.length}, ${options.rate} a second?`
    const isGo = chosen.length === 0 || (await confirm(question, options.yes, signal))
    if (!isGo && !signal.aborted) return warn('Nothing was replayed.')
    const bar = progress(chosen.length, 'replayed')
    const report = await replay(batch, chosen, {
      perSecond: options.rate,
      signal,
      onProgress: bar.update,
    })
    bar.close()
    tell(batch, report, options)
    if (signal.aborted) process.exitCode = 1
  })
}

function foretell({ deadLetters }: LeasedBatch, chosen: Prepared[], options: ReplayCommand) {
  const would = chosen.flatMap(one => (one.kind === 'ready' ? [one.deadLetter] : []))
  const wouldNot = chosen.flatMap(one => (one.kind === 'stuck' ? [one] : []))
  if (options.json) {
    const counts = {
      read: deadLetters.length,
      wouldReplay: would.map(deadLetter => summaryOf(deadLetter, Date.now())),
    }
    return console.log(JSON.stringify({ ...counts, wouldNotReplay: namesOf(deadLetters, wouldNot) }, null, 2))
  }
  if (would.length > 0) console.log(`${deadLetterTable(would, deadLetters)}\n`)
  tellCauses('would not replay', namesOf(deadLetters, wouldNot))
  console.log(`read ${deadLetters.length}, would replay ${would.length}, would not replay ${wouldNot.length}`)
}

function tell(
  { deadLetters }: LeasedBatch,
  { replayed, notReplayed, notDeleted }: ReplayReport,
  options: ReplayCommand,
) {
  const doubled = namesOf(deadLetters, notDeleted)
  closeWith(
    [
      ['read', deadLetters.length],
      ['replayed', replayed.length],
      ['not replayed', namesOf(deadLetters, notReplayed)],
      ['replayed but not deleted', doubled],
    ],
    options.json,
  )
  if (doubled.length > 0) {
    const ids = doubled.map(({ id }) => id).join(' ')
    warn(
      `Delete what is on its way, or it is sent twice: npm run dlq -- purge ${targetText(options)} --id ${ids}`,
    )
  }
}
