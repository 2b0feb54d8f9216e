import type { Settings } from '../../../lib/index.ts'
import type { DeadLetterMessage } from '../../dead-letters/dead-letter-message.ts'
import { type Description, describeDeadLetter, type Summary, summaryOf } from '../../dead-letters/describe.ts'
import { prepareReplay } from '../../dead-letters/prepare.ts'
import type { Queues } from '../../dead-letters/queues.ts'
import { type NotDone, replay } from '../../dead-letters/replay.ts'
import { type LeasedBatch, withDeadLetters } from '../../dead-letters/scan.ts'
import type { Replayed } from './shapes.ts'

/** The dead-letter queue, as the console asks for it. */
export interface DeadLetters {
  /** Newest first. */
  list(): Promise<Summary[]>
  /** One of the last reading; undefined where that had no such letter. */
  describe(id: string): Description | undefined
  replay(ids: string[]): Promise<Replayed>
}

/** Dead letters a second: quick, and slow enough that what fails again is seen. */
const perSecond = 20

/**
 * Reads and replays dead letters with the code of `npm run dlq`. Readings wait for each other: a dead letter in one hand is
 * hidden from all others.
 */
export function createDeadLetters(queues: Queues, settings: Settings): DeadLetters {
  let known: DeadLetterMessage[] = []
  let last: Promise<unknown> = Promise.resolve()
  const reading = <T>(use: (batch: LeasedBatch) => Promise<T>): Promise<T> => {
    // The emulator answers a short poll from all that it has.
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
