import { type Mark, markOfMessage } from './marks.ts'
import type { PlannedEvent } from './planned-event.ts'

/** A message of the dead-letter queue. `code` is its `ERROR_CODE`; a message that SQS itself moved has none. */
export interface DeadLetterEntry {
  at: number
  code: string | undefined
  /** Whether whoever sent it was told so; a letter whose sender does not know may come again. */
  isAnswered: boolean
}

/** What is known of one event from outside the relay. Times are epoch milliseconds. */
export interface LedgerEntry {
  planned: PlannedEvent
  /** When a request with it was sent. */
  postedAt: number[]
  /** When the webhook answered 2xx, whether or not RudderStack saw that. */
  acceptedAt: number[]
  /** A 4xx after which RudderStack drops the event. */
  refused?: { at: number; status: number }
  /** When RudderStack gave it up. */
  givenUpAt?: number
  deadLetters: DeadLetterEntry[]
  /** Whether it is in the queue at the end. */
  isWaiting: boolean
}

/** The account of all events: what was asked of the relay, what it answered, and what lies in its queues. */
export interface Ledger {
  /** In the order of the plan. */
  entries(): LedgerEntry[]
  entry(mark: Mark): LedgerEntry | undefined
  posted(mark: Mark, at: number): void
  accepted(mark: Mark, at: number): void
  refused(mark: Mark, status: number, at: number): void
  gaveUp(mark: Mark, at: number): void
  /** A message came into the dead-letter queue; `body` tells of which event. */
  deadLettered(body: string, letter: DeadLetterEntry): void
  /** The bodies that are in the queue when the run ends. */
  waiting(bodies: readonly string[]): void
  /** Bodies in either queue that belong to no event: there must be none. */
  readonly strangers: string[]
}

/** The ledger of these events, with nothing in it. */
export function createLedger(events: readonly PlannedEvent[]): Ledger {
  const entries = new Map<Mark, LedgerEntry>(
    events.map(planned => [
      planned.mark,
      { planned, postedAt: [], acceptedAt: [], deadLetters: [], isWaiting: false },
    ]),
  )
  const strangers: string[] = []
  const of = (body: string): LedgerEntry | undefined => {
    const found = entries.get(markOfMessage(body) ?? '')
    if (!found) strangers.push(body)
    return found
  }
  return {
    strangers,
    entries: () => [...entries.values()],
    entry: mark => entries.get(mark),
    posted: (mark, at) => void entries.get(mark)?.postedAt.push(at),
    accepted: (mark, at) => void entries.get(mark)?.acceptedAt.push(at),
    refused: (mark, status, at) => void Object.assign(entries.get(mark) ?? {}, { refused: { at, status } }),
    gaveUp: (mark, givenUpAt) => void Object.assign(entries.get(mark) ?? {}, { givenUpAt }),
    deadLettered: (body, letter) => void of(body)?.deadLetters.push(letter),
    waiting(bodies) {
      for (const body of bodies) Object.assign(of(body) ?? {}, { isWaiting: true })
    },
  }
}
