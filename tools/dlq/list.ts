import { summaryOf } from '../dead-letters/describe.ts'
import { type Filter, filterDeadLetters } from '../dead-letters/filter.ts'
import type { Target } from '../dead-letters/targets.ts'
import { interruption } from '../terminal/command-line.ts'
import { paint } from '../terminal/terminal.ts'
import { deadLetterTable } from './dead-letter-table.ts'
import { targetText } from './options.ts'
import { letterCount, readDeadLetters, warn } from './session.ts'

/** Shows what lies in the dead-letter queue, oldest failure first; nothing personal. */
export async function list(
  options: Target & { json?: true | undefined; limit?: number | undefined },
  filter: Filter,
) {
  const signal = interruption()
  await readDeadLetters(options, signal, async batch => {
    const deadLetters = filterDeadLetters(batch.deadLetters, filter).slice(0, options.limit)
    if (signal.aborted) {
      warn('interrupted: not all were read')
      process.exitCode = 1
    }
    if (options.json) return print(deadLetters.map(deadLetter => summaryOf(deadLetter, Date.now())))
    if (deadLetters.length > 0) console.log(deadLetterTable(deadLetters, batch.deadLetters))
    const shown =
      deadLetters.length === batch.deadLetters.length ? '' : `, ${deadLetters.length} of them shown`
    console.log(`${deadLetters.length > 0 ? '\n' : ''}${letterCount(batch.deadLetters.length)}${shown}`)
    if (deadLetters.length > 0)
      console.log(paint('dim', `npm run dlq -- show ID ${targetText(options)} tells more of one`))
  })
}

function print(value: unknown) {
  console.log(JSON.stringify(value, null, 2))
}
