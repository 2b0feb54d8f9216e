import type { DeadLetterMessage } from './dead-letter-message.ts'
import { type Filter, filterDeadLetters, isSelected } from './filter.ts'
import { everything, oldestFirst, type Portion, type Scan } from './scan.ts'

/** Some of the selected dead letters, oldest failure first, and whether they are the last ones. */
export interface Window {
  deadLetters: DeadLetterMessage[]
  isLast: boolean
}

/** What is in memory at once. An event has 2 kB on average, and 1 MiB at most. */
const smallWindow: Portion = { count: 1_000, bytes: 16 * 1_048_576 }

/**
 * Reads the dead letters that a filter selects, window by window, so that a large queue needs neither much memory nor a
 * long wait. Ids are looked for in the whole queue, since they may be shortened. At most `limit` are returned, `size` at
 * once.
 * @throws Error if an id matches no dead letter, or several; the error of SQS.
 */
export async function* windowsOf(
  scan: Scan,
  filter: Filter,
  limit = Infinity,
  size = smallWindow,
): AsyncGenerator<Window> {
  if (filter.ids?.length) {
    const all = await scan.next(everything)
    yield { deadLetters: filterDeadLetters(oldestFirst(all), filter).slice(0, limit), isLast: true }
    return
  }
  for (let left = limit; left > 0; ) {
    const found = await scan.next(size, one => isSelected(one, filter))
    const deadLetters = oldestFirst(found).slice(0, left)
    left -= deadLetters.length
    const isLast = scan.isAtEnd || left <= 0 || deadLetters.length === 0
    yield { deadLetters, isLast }
    if (isLast) return
  }
}
