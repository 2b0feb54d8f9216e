import { summaryOf } from '../dead-letters/describe.ts'
import { type Filter, filterLetters } from '../dead-letters/filter.ts'
import type { Target } from '../dead-letters/targets.ts'
import { interruption } from '../terminal/command-line.ts'
import { paint } from '../terminal/terminal.ts'
import { letterTable } from './letter-table.ts'
import { targetText } from './options.ts'
import { letterCount, readDeadLetters, warn } from './session.ts'

/** Shows what lies in the dead-letter queue, oldest failure first; nothing personal. */
export async function list(
  options: Target & { json?: true | undefined; limit?: number | undefined },
  filter: Filter,
) {
  const signal = interruption()
  await readDeadLetters(options, signal, async hand => {
    const letters = filterLetters(hand.letters, filter).slice(0, options.limit)
    if (signal.aborted) {
      warn('interrupted: not all were read')
      process.exitCode = 1
    }
    if (options.json) return print(letters.map(letter => summaryOf(letter, Date.now())))
    if (letters.length > 0) console.log(letterTable(letters, hand.letters))
    const shown = letters.length === hand.letters.length ? '' : `, ${letters.length} of them shown`
    console.log(`${letters.length > 0 ? '\n' : ''}${letterCount(hand.letters.length)}${shown}`)
    if (letters.length > 0)
      console.log(paint('dim', `npm run dlq -- show ID ${targetText(options)} tells more of one`))
  })
}

function print(value: unknown) {
  console.log(JSON.stringify(value, null, 2))
}
