import { randomUUID } from 'node:crypto'
import { systemClock as clock } from '../../../lib/runtime/clock.ts'
import { createFollower, type PeopleRecords, type ReplayEnd } from '../../dead-letters/follow.ts'
import { prepareReplay } from '../../dead-letters/prepare.ts'
import { replay } from '../../dead-letters/replay.ts'
import { waitForEnds } from '../../dead-letters/wait-for-ends.ts'
import type { LetterReader } from './letter-reader.ts'
import type { ReplayedLetter, ReplayProgress } from './letter-shapes.ts'
import { explainDeaths, followLetters, lettersOf, nameLetters } from './replayed-letters.ts'

/** What a replay needs: to read the dead letters, alone or leased, and the person records to follow them in. */
interface ReplayPorts extends Pick<LetterReader, 'hold' | 'read'> {
  people: PeopleRecords
}

/** Dead letters per second: fast, but slow enough to see the ones that fail again. */
const perSecond = 20
/** Without any news for so long, the replay is no longer followed. */
const patienceMs = 10 * 60_000
const keptReplays = 20

/** Replays dead letters in the background and follows each to its end: delivered, or dead-lettered again. */
export function createReplays({ hold, read, people }: ReplayPorts) {
  const all = new Map<string, ReplayProgress>()
  const run = async (progress: ReplayProgress, ids: string[]) => {
    const follower = createFollower(people, clock)
    const ends: ReplayEnd[] = []
    let isSent = false
    const sending = hold(async (batch, sent) => {
      const wanted = new Set(ids)
      const chosen = batch.deadLetters.filter(({ id }) => wanted.has(id))
      nameLetters(progress.letters, chosen)
      const onSent: typeof follower.add = one => {
        follower.add(one)
        sent(one.deadLetter.id)
      }
      const report = await replay(batch, prepareReplay(chosen), { perSecond, onSent })
      progress.letters = lettersOf(ids, report)
    }).finally(() => {
      isSent = true
    })
    const isComplete = () => isSent
    await waitForEnds(follower, {
      patienceMs,
      isComplete,
      onEnds(found) {
        for (const end of found) ends.push(end)
        followLetters(progress.letters, ends, follower.waiting())
      },
    })
    await sending
    followLetters(progress.letters, ends, follower.waiting())
    if (ends.some(({ kind }) => kind === 'deadAgain')) explainDeaths(progress.letters, await read())
  }
  return {
    start(ids: string[]): ReplayProgress {
      const letters = ids.map(
        (id): ReplayedLetter => ({ id, name: 'dead letter', state: 'sending', why: '' }),
      )
      const progress: ReplayProgress = { id: randomUUID(), isOver: false, letters }
      all.set(progress.id, progress)
      for (const id of [...all.keys()].slice(0, -keptReplays)) all.delete(id)
      run(progress, ids)
        .catch((error: Error) => {
          for (const letter of progress.letters)
            if (letter.state === 'sending')
              Object.assign(letter, { state: 'notReplayed', why: error.message })
        })
        .finally(() => {
          progress.isOver = true
        })
      return progress
    },
    progress: (id: string) => all.get(id),
    running: () => [...all.values()].findLast(({ isOver }) => !isOver),
  }
}
