import type { DeadLetterMessage } from '../../dead-letters/dead-letter-message.ts'
import type { Queues } from '../../dead-letters/queues.ts'
import { type LeasedBatch, withDeadLetters } from '../../dead-letters/scan.ts'

/** Reads the dead-letter queue for all open pages. */
export interface LetterReader {
  /** Returns the dead letters, oldest failure first. While `hold` works, those that it has not sent yet. */
  read(): Promise<DeadLetterMessage[]>
  /** Returns the dead letters with these ids. Reads the queue only if one of them is not known. */
  chosen(ids: string[]): Promise<DeadLetterMessage[]>
  /** Works on the leased dead letters. `sent` is called with the id of each that is on its way. */
  hold<T>(use: (batch: LeasedBatch, sent: (id: string) => void) => Promise<T>): Promise<T>
}

/**
 * Creates the reader. It scans the queue once at a time, since what one scan has leased is hidden from another, and many
 * requests that wait share one scan. A replay leases everything for as long as it sends: the pages go on meanwhile with
 * what is known. `waitSeconds` is the length of a long poll.
 */
export function createLetterReader(queues: Queues, waitSeconds: number): LetterReader {
  let known: DeadLetterMessage[] = []
  let last: Promise<unknown> = Promise.resolve()
  let waiting: Promise<DeadLetterMessage[]> | undefined
  let holds = 0
  const next = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
  const scan = <T>(use: (batch: LeasedBatch) => Promise<T>) =>
    withDeadLetters(queues, { waitSeconds }, async batch => {
      known = batch.deadLetters
      return use(batch)
    })
  const read = async () => {
    if (holds > 0) return known
    waiting ??= next(() => {
      // A request from now on needs a scan of its own: this one may miss the newest dead letter.
      waiting = undefined
      return scan(async ({ deadLetters }) => deadLetters)
    })
    return waiting
  }
  return {
    read,
    async chosen(ids) {
      const wanted = new Set(ids)
      const found = known.filter(({ id }) => wanted.has(id))
      return found.length === wanted.size ? found : (await read()).filter(({ id }) => wanted.has(id))
    },
    async hold(use) {
      holds++
      const sent = (id: string) => {
        known = known.filter(one => one.id !== id)
      }
      try {
        return await next(() => scan(batch => use(batch, sent)))
      } finally {
        holds--
      }
    },
  }
}
