import { type CountName, createCounts } from './counts.ts'
import type { AcceptedNote, CallNote, DecisionNote, Note } from './notes.ts'

/** One event on its way. `key` tells it from all others; times are epoch ms. A replay continues the life. */
export interface Life {
  key: string
  eventId: string
  event: string
  person?: string
  state: 'queued' | 'retrying' | 'delivered' | 'skipped' | 'dead' | 'ignored'
  acceptedAt?: number
  /** Why it was ignored or dead-lettered. */
  reason?: string
  attempts: (DecisionNote & { at: number })[]
  calls: (CallNote & { at: number })[]
}

/** What is known of the events since the relay started: numbers of all, the lives of the latest. */
export interface Ledger {
  readonly counts: Readonly<Record<CountName, number>>
  /** Oldest first; at most 1,000. With `idPrefix`, those whose RudderStack `messageId` starts so. */
  lives(idPrefix?: string): Life[]
  note(note: Note): void
  /** These SQS messages are done and about to be deleted; each counts once, however often it is named. */
  done(messageIds: string[]): void
  /** Hears of each life that changed; gives what ends that. */
  subscribe(listener: (life: Life) => void): () => void
}

const maxLives = 1_000
const maxAttempts = 50

/** Keeps the ledger in memory. */
export function createLedger(now: () => number = Date.now): Ledger {
  const lives = new Map<string, Life>()
  const listeners = new Set<(life: Life) => void>()
  const openCalls = new Map<string, Life['calls']>()
  const counts = createCounts()

  const lifeOf = ({
    eventId = '',
    event,
    person,
  }: Pick<DecisionNote, 'eventId' | 'event' | 'person'>): Life => {
    const id = eventId.slice(0, 128)
    const key = JSON.stringify([id, event])
    const life = lives.get(key) ?? { key, eventId: id, event, state: 'queued', attempts: [], calls: [] }
    if (person) life.person = person
    lives.set(key, life)
    const oldest = lives.keys().next().value
    if (lives.size > maxLives && oldest !== undefined) lives.delete(oldest)
    return life
  }
  const changed = (life: Life) => {
    for (const listener of listeners) listener(life)
  }

  const notes = {
    accepted(note: AcceptedNote) {
      const life = lifeOf(note)
      life.acceptedAt ??= now()
      if (note.reason !== undefined) life.reason = note.reason
      if (note.end !== 'queued') life.state = note.end === 'ignored' ? 'ignored' : 'dead'
      counts.accepted(note)
      changed(life)
    },
    call(note: CallNote) {
      counts.add('calls')
      openCalls.set(note.messageId, [...(openCalls.get(note.messageId) ?? []), { ...note, at: now() }])
    },
    decision(note: DecisionNote) {
      const life = lifeOf(note)
      life.attempts = [...life.attempts, { ...note, at: now() }].slice(-maxAttempts)
      life.calls = [...life.calls, ...(openCalls.get(note.messageId) ?? [])].slice(-maxAttempts)
      openCalls.delete(note.messageId)
      life.state = stateAfter(note)
      if (note.decision === 'deadLetter') life.reason = [note.code, note.why].filter(Boolean).join(': ')
      counts.decided(note)
      changed(life)
    },
  }
  return {
    counts: counts.values,
    lives: (idPrefix = '') => [...lives.values()].filter(life => life.eventId.startsWith(idPrefix)),
    note(note) {
      if (note.kind === 'call') notes.call(note.message)
      else if (note.kind === 'decision') notes.decision(note.message)
      else notes.accepted(note.message)
    },
    done: counts.done,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function stateAfter({ decision, outcome }: DecisionNote): Life['state'] {
  if (decision === 'deadLetter') return 'dead'
  if (decision === 'retry') return 'retrying'
  return outcome === 'skipped' ? 'skipped' : 'delivered'
}
