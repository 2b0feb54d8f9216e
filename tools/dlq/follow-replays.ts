import { systemClock } from '../../lib/runtime/clock.ts'
import type { DeadLetterMessage } from '../dead-letters/dead-letter-message.ts'
import { createFollower, type Follower, type PeopleRecords, type ReplayEnd } from '../dead-letters/follow.ts'
import type { SentReplay } from '../dead-letters/replay.ts'
import { everything } from '../dead-letters/scan.ts'
import { waitForEnds } from '../dead-letters/wait-for-ends.ts'
import { reasonOf } from '../terminal/command-line.ts'
import { type Named, namesOf } from './closing.ts'
import { type Session, scanDeadLetters, showLine, warn } from './session.ts'

/** How replayed events ended. A dead letter is named by its new id, an event that waits by its old one. */
export interface Tally {
  delivered: number
  deadAgain: Named[]
  stillWaiting: Named[]
}

/** A replay that is followed. */
export interface FollowedReplay {
  /** Call it for each dead letter that was sent. */
  onSent(sent: SentReplay): void
  /** Call it when all were sent and the leases are released. Waits for the ends. */
  end(session: Session): Promise<Tally>
  /** Ends without a result, after an error. */
  cancel(): void
}

/** Milliseconds without news after which `--wait` ends: a retry in a minute still counts as news. */
const defaultPatienceMs = 120_000

/** Starts to follow a replay. `patienceMs` is the time without news after which the waiting ends. */
export function followReplay(
  people: PeopleRecords,
  patienceMs: number | true,
  { io, signal }: Pick<Session, 'io' | 'signal'>,
): FollowedReplay {
  const follower = createFollower(people, systemClock)
  const cancelled = new AbortController()
  let isComplete = false
  let isWarned = false
  const counts = { delivered: 0, deadAgain: 0 }
  const following = waitForEnds(follower, {
    patienceMs: patienceMs === true ? defaultPatienceMs : patienceMs,
    isComplete: () => isComplete,
    signal: AbortSignal.any([signal, cancelled.signal]),
    onEnds(ends) {
      for (const { kind } of ends) counts[kind]++
      const waiting = follower.waiting().length
      if (isComplete)
        showLine(io, `delivered ${counts.delivered}, dead again ${counts.deadAgain}, waiting ${waiting}`)
    },
    onFault(error) {
      if (!isWarned) warn(io, `The person records cannot be read, trying again: ${reasonOf(error)}`)
      isWarned = true
    },
  })
  return {
    onSent: follower.add,
    async end(session) {
      isComplete = true
      const ends = await following
      showLine(io, '')
      return tallyOf(ends, follower, session)
    },
    cancel() {
      isComplete = true
      cancelled.abort()
    },
  }
}

/** Looks the new dead letters up, for their reasons. An event that waits for a record may be among them too. */
async function tallyOf(ends: ReplayEnd[], follower: Follower, session: Session): Promise<Tally> {
  const waiting = follower.waiting()
  const dead = ends.flatMap(({ kind, sent }) => (kind === 'deadAgain' ? [sent] : []))
  const found =
    dead.length + waiting.length > 0
      ? await newDeadLetters(session)
      : { all: [], byMessage: new Map<string, DeadLetterMessage>() }
  const isDead = ({ messageId }: SentReplay) => found.byMessage.has(messageId)
  const allDead = [...dead, ...waiting.map(({ sent }) => sent).filter(isDead)]
  const still = waiting.filter(({ sent }) => !isDead(sent))
  const again = allDead.map(({ deadLetter, messageId }) => {
    const letter = found.byMessage.get(messageId)
    return letter
      ? { deadLetter: letter, why: `${letter.code} ${letter.reason}` }
      : { deadLetter, why: 'its new dead letter could not be read' }
  })
  return {
    delivered: ends.length - dead.length,
    deadAgain: namesOf([...found.all, ...again.map(({ deadLetter }) => deadLetter.id)], again),
    stillWaiting: namesOf(
      still.map(({ sent }) => sent.deadLetter.id),
      still.map(({ sent, why }) => ({ deadLetter: sent.deadLetter, why })),
    ),
  }
}

/** Finds the new dead letters of replayed messages. Only letters of replayed events are kept, without their bodies. */
async function newDeadLetters(session: Session) {
  return scanDeadLetters(session, async scan => {
    const found = await scan.next(everything, ({ replays = 0 }) => replays > 0)
    showLine(session.io, '')
    const slim = found.map(one => ({ ...one, body: '' }))
    return { all: [...scan.readIds], byMessage: new Map(slim.map(one => [one.queueMessageId ?? '', one])) }
  })
}
