import { summaryOf } from '../dead-letters/describe.ts'
import { type Filter, filterDeadLetters } from '../dead-letters/filter.ts'
import { purge } from '../dead-letters/purge.ts'
import type { Target } from '../dead-letters/targets.ts'
import { interruption } from '../terminal/command-line.ts'
import { progress } from '../terminal/terminal.ts'
import { closeWith, namesOf } from './closing.ts'
import { deadLetterTable } from './dead-letter-table.ts'
import { confirm, letterCount, readDeadLetters, requireAnswer, warn } from './session.ts'

/** The options of a purge: which queues, and whether to ask. */
export interface PurgeCommand extends Target {
  json?: true | undefined
  limit?: number | undefined
  dryRun?: true | undefined
  yes?: true | undefined
}

/** Deletes dead letters for good and says what became of each; exit code 1 where one stayed. */
export async function purgeDeadLetters(options: PurgeCommand, filter: Filter) {
  if (!options.dryRun) requireAnswer(options.yes)
  const signal = interruption()
  await readDeadLetters(options, signal, async batch => {
    const { deadLetters } = batch
    const chosen = filterDeadLetters(deadLetters, filter).slice(0, options.limit)
    if (options.dryRun && options.json)
      return console.log(
        JSON.stringify(
          { read: deadLetters.length, wouldPurge: chosen.map(one => summaryOf(one, Date.now())) },
          null,
          2,
        ),
      )
    if (options.dryRun && chosen.length > 0) console.log(`${deadLetterTable(chosen, deadLetters)}\n`)
    if (options.dryRun) return console.log(`read ${deadLetters.length}, would purge ${chosen.length}`)
    const question = `Delete ${letterCount(chosen.length)} of ${deadLetters.length} for good?`
    const isGo = chosen.length === 0 || (await confirm(question, options.yes, signal))
    if (!isGo && !signal.aborted) return warn('Nothing was purged.')
    const bar = progress(chosen.length, 'purged')
    const { purged, notPurged } = await purge(batch, chosen, { signal, onProgress: bar.update })
    bar.close()
    closeWith(
      [
        ['read', deadLetters.length],
        ['purged', purged.length],
        ['not purged', namesOf(deadLetters, notPurged)],
      ],
      options.json,
    )
    if (signal.aborted) process.exitCode = 1
  })
}
