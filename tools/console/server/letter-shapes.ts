import type { Description } from '../../dead-letters/describe.ts'
import type { Preview } from './shapes.ts'

/** A dead letter with its event and person, and what the current code does with the event. */
export interface LetterDetail extends Description {
  userId?: string
  preview?: Preview
}

/** Whose a dead letter is, and whether Kustomer would accept its event now, as far as its schemas say. */
export interface LetterNote {
  id: string
  userId?: string
  isAcceptable?: boolean
}

/**
 * Whose events some dead letters are. `problems` says which of them cannot be replayed, and how many Kustomer would
 * refuse again.
 */
export interface Whose {
  people: { name: string; events: number }[]
  problems: string[]
}

/** One dead letter of a replay. `name` is that of its event; `why` explains the state, or is empty. */
export interface ReplayedLetter {
  id: string
  name: string
  userId?: string
  eventId?: string
  state: 'sending' | 'waiting' | 'delivered' | 'deadAgain' | 'notReplayed' | 'notDeleted'
  why: string
}

/** What became of a replay so far. It is over when every letter has ended, or when it is no longer followed. */
export interface ReplayProgress {
  id: string
  isOver: boolean
  letters: ReplayedLetter[]
}
