import { summaryOf } from '../dead-letters/describe.ts'
import { type Filter, filterLetters } from '../dead-letters/filter.ts'
import { type Prepared, prepareReplay } from '../dead-letters/prepare.ts'
import { type ReplayReport, replay } from '../dead-letters/replay.ts'
import type { Hand } from '../dead-letters/scan.ts'
import type { Target } from '../dead-letters/targets.ts'
import { interruption } from '../terminal/command-line.ts'
import { progress } from '../terminal/terminal.ts'
import { closeWith, namesOf, tellCauses } from './closing.ts'
import { letterTable } from './letter-table.ts'
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

/** Sends letters to the queue again and says what became of each; exit code 1 where one was not replayed wholly. */
export async function replayLetters(options: ReplayCommand, filter: Filter) {
  if (!options.dryRun) requireAnswer(options.yes)
  const signal = interruption()
  await readDeadLetters(options, signal, async hand => {
    const chosen = prepareReplay(filterLetters(hand.letters, filter)).slice(0, options.limit)
    if (options.dryRun) return foretell(hand, chosen, options)
    const question = `Replay ${letterCount(chosen.length)} of ${hand.letters.length}, ${options.rate} a second?`
    const isGo = chosen.length === 0 || (await confirm(question, options.yes, signal))
    if (!isGo && !signal.aborted) return warn('Nothing was replayed.')
    const bar = progress(chosen.length, 'replayed')
    const report = await replay(hand, chosen, {
      perSecond: options.rate,
      signal,
      onProgress: bar.update,
    })
    bar.close()
    tell(hand, report, options)
    if (signal.aborted) process.exitCode = 1
  })
}

function foretell({ letters }: Hand, chosen: Prepared[], options: ReplayCommand) {
  const would = chosen.flatMap(one => (one.kind === 'ready' ? [one.letter] : []))
  const wouldNot = chosen.flatMap(one => (one.kind === 'stuck' ? [one] : []))
  if (options.json) {
    const counts = { read: letters.length, wouldReplay: would.map(letter => summaryOf(letter, Date.now())) }
    return console.log(JSON.stringify({ ...counts, wouldNotReplay: namesOf(letters, wouldNot) }, null, 2))
  }
  if (would.length > 0) console.log(`${letterTable(would, letters)}\n`)
  tellCauses('would not replay', namesOf(letters, wouldNot))
  console.log(`read ${letters.length}, would replay ${would.length}, would not replay ${wouldNot.length}`)
}

function tell(
  { letters }: Hand,
  { replayed, notReplayed, notDeleted }: ReplayReport,
  options: ReplayCommand,
) {
  const doubled = namesOf(letters, notDeleted)
  closeWith(
    [
      ['read', letters.length],
      ['replayed', replayed.length],
      ['not replayed', namesOf(letters, notReplayed)],
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
