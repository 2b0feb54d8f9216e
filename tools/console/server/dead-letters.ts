import type { Settings } from '../../../lib/index.ts'
import { describeDeadLetter, type Summary, summaryOf } from '../../dead-letters/describe.ts'
import type { PeopleRecords } from '../../dead-letters/follow.ts'
import type { Queues } from '../../dead-letters/queues.ts'
import { externalIdIn } from '../../local-relay/external-id-in.ts'
import { holdsText } from './holds-text.ts'
import { createLetterReader } from './letter-reader.ts'
import type { LetterDetail, LetterNote, ReplayProgress, Whose } from './letter-shapes.ts'
import { noteOn } from './note-on.ts'
import { preview } from './preview.ts'
import { createReplays } from './replays.ts'
import { whoseOf } from './whose.ts'

/** The operations of the console on the dead-letter queue. */
export interface DeadLetters {
  /** Returns the dead letters, newest first. */
  list(): Promise<Summary[]>
  /** Returns a dead letter with its event; undefined if it does not exist. */
  describe(id: string): Promise<LetterDetail | undefined>
  /** Returns the ids of those among these dead letters whose body holds a text, in any case. */
  holding(ids: string[], text: string): Promise<string[]>
  /** Returns whose these dead letters are, and whether each would be accepted now. */
  notes(ids: string[]): Promise<LetterNote[]>
  /** Returns whose events these dead letters are. */
  whose(ids: string[]): Promise<Whose>
  /** Starts a replay and returns at once. */
  replay(ids: string[]): ReplayProgress
  /** Returns what became of a replay so far; undefined for an unknown id. */
  progress(id: string): ReplayProgress | undefined
  /** Returns the replay that was started last, unless it is over. */
  running(): ReplayProgress | undefined
}

/** What is needed of a relay. `waitSeconds` is the length of a long poll of the dead-letter queue. */
export interface DeadLetterPorts {
  queues: Queues
  people: PeopleRecords
  /** The mapping settings in force. */
  settings(): Settings
  waitSeconds: number
}

/** Reads and replays dead letters with the code of `npm run dlq`. */
export function createDeadLetters({ queues, people, settings, waitSeconds }: DeadLetterPorts): DeadLetters {
  const { read, chosen, hold } = createLetterReader(queues, waitSeconds)
  const replays = createReplays({ hold, read, people })
  return {
    async list() {
      return (await read()).map(deadLetter => summaryOf(deadLetter, Date.now())).reverse()
    },
    async describe(id) {
      const [deadLetter] = await chosen([id])
      if (!deadLetter) return undefined
      const described = describeDeadLetter(deadLetter, settings(), Date.now())
      const { event } = described
      const userId = externalIdIn(deadLetter.body)
      return {
        ...described,
        ...(event !== undefined && { preview: preview(event, settings()) }),
        ...(userId !== undefined && { userId }),
      }
    },
    async holding(ids, text) {
      const isHeld = holdsText(text)
      return (await chosen(ids)).filter(({ body }) => isHeld(body)).map(({ id }) => id)
    },
    notes: async ids => (await chosen(ids)).map(deadLetter => noteOn(deadLetter, settings())),
    whose: async ids => whoseOf(await chosen(ids), settings()),
    replay: ids => replays.start(ids),
    progress: replays.progress,
    running: replays.running,
  }
}
