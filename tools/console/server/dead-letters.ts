import type { Settings } from '../../../lib/index.ts'
import type { DeadLetterMessage } from '../../dead-letters/dead-letter-message.ts'
import { type Description, describeDeadLetter, type Summary, summaryOf } from '../../dead-letters/describe.ts'
import { prepareReplay } from '../../dead-letters/prepare.ts'
import type { Queues } from '../../dead-letters/queues.ts'
import { type NotDone, replay } from '../../dead-letters/replay.ts'
import { type LeasedBatch, withDeadLetters } from '../../dead-letters/scan.ts'
import type { Replayed } from './shapes.ts'

/** The operations of the console on the dead-letter queue. */
export interface DeadLetters {
  /** Returns the dead letters, newest first. */
  list(): Promise<Summary[]>
  /** Returns a dead letter of the last list; undefined if it was not in that list. */
  describe(id: string): Description | undefined
  replay(ids: string[]): Promise<Replayed>
}

/** Dead letters per second: fast, but slow enough to see the ones that fail again. */
const perSecond = 20

/**
 * Reads and replays dead letters with the code of `npm run dlq`. Only one operation runs at a time: a dead letter that
 * one operation has leased is hidden from the others.
 */
export function createDeadLetters(queues: Queues, settings: Settings): DeadLetters {
  let known: DeadLetterMessage[] = []
  let last: Promise<unknown> = Promise.resolve()
  const reading = <T>(use: (batch: LeasedBatch) => Promise<T>): Promise<T> => {
    // A short poll is enough: the emulator answers it with all messages.
    const result = last.then(() => withDeadLetters(queues, { waitSeconds: 0 }, use))
    last = result.catch(() => undefined)
    return result
  }
  return {
    async list() {
      known = await reading(async batch => batch.deadLetters)
      return known.map(deadLetter => summaryOf(deadLetter, Date.now())).reverse()
    },
    describe(id) {
      const deadLetter = known.find(one => one.id === id)
      return deadLetter && describeDeadLetter(deadLetter, settings, Date.now())
    },
    replay: ids =>
      reading(async batch => {
        const chosen = batch.deadLetters.filter(deadLetter => ids.includes(deadLetter.id))
        const report = await replay(batch, prepareReplay(chosen), { perSecond })
        const [notReplayed, notDeleted] = [named(report.notReplayed), named(report.notDeleted)]
        return { replayed: report.replayed.map(({ id }) => id), notReplayed, notDeleted }
      }),
  }
}

function named(deadLetters: NotDone[]) {
  return deadLetters.map(({ deadLetter, why }) => ({ id: deadLetter.id, why }))
}
