import type { Settings } from '../../../lib/index.ts'
import { type Description, describeLetter, type Summary, summaryOf } from '../../dead-letters/describe.ts'
import type { Letter } from '../../dead-letters/letter.ts'
import { prepareReplay } from '../../dead-letters/prepare.ts'
import type { Queues } from '../../dead-letters/queues.ts'
import { type NotDone, replay } from '../../dead-letters/replay.ts'
import { type Hand, withLetters } from '../../dead-letters/scan.ts'
import type { Replayed } from './shapes.ts'

/** The dead-letter queue, as the console asks for it. */
export interface Letters {
  /** Newest first. */
  list(): Promise<Summary[]>
  /** One of the last reading; undefined where that had no such letter. */
  describe(id: string): Description | undefined
  replay(ids: string[]): Promise<Replayed>
}

/** Letters a second: quick, and slow enough that what fails again is seen. */
const perSecond = 20

/**
 * Reads and replays letters with the code of `npm run dlq`. Readings wait for each other: a letter in one hand is
 * hidden from all others.
 */
export function createLetters(queues: Queues, settings: Settings): Letters {
  let known: Letter[] = []
  let last: Promise<unknown> = Promise.resolve()
  const reading = <T>(use: (hand: Hand) => Promise<T>): Promise<T> => {
    // The emulator answers a short poll from all that it has.
    const result = last.then(() => withLetters(queues, { waitSeconds: 0 }, use))
    last = result.catch(() => undefined)
    return result
  }
  return {
    async list() {
      known = await reading(async hand => hand.letters)
      return known.map(letter => summaryOf(letter, Date.now())).reverse()
    },
    describe(id) {
      const letter = known.find(one => one.id === id)
      return letter && describeLetter(letter, settings, Date.now())
    },
    replay: ids =>
      reading(async hand => {
        const chosen = hand.letters.filter(letter => ids.includes(letter.id))
        const report = await replay(hand, prepareReplay(chosen), { perSecond })
        const [notReplayed, notDeleted] = [named(report.notReplayed), named(report.notDeleted)]
        return { replayed: report.replayed.map(({ id }) => id), notReplayed, notDeleted }
      }),
  }
}

function named(letters: NotDone[]) {
  return letters.map(({ letter, why }) => ({ id: letter.id, why }))
}
