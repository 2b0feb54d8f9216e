import { type CountName, createCounts } from './counts.ts'
import type { AcceptedNote, CallNote, DecisionNote, Note } from './notes.ts'

/** The trace of one event. `key` is unique; times are epoch ms. A replay continues the trace. */
export interface EventTrace {
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

/** The events since the relay started: counters of all of them, traces of the latest. */
export interface Ledger {
  readonly counts: Readonly<Record<CountName, number>>
  /** Returns at most 1,000 traces, oldest first: those whose RudderStack `messageId` starts with `idPrefix`. */
  traces(idPrefix?: string): EventTrace[]
  note(note: Note): void
  /** Counts SQS messages that are done, before they are deleted. Each is counted once, however often it is passed. */
  done(messageIds: string[]): void
  /** Calls the listener with each trace that changes. Returns the function that unsubscribes it. */
  subscribe(listener: (trace: EventTrace) => void): () => void
}

const maxTraces = 1_000
const maxAttempts = 50

/** Creates a ledger in memory. */
export function createLedger(now: () => number = Date.now): Ledger {
  const traces = new Map<string, EventTrace>()
  const listeners = new Set<(trace: EventTrace) => void>()
  const openCalls = new Map<string, EventTrace['calls']>()
  const counts = createCounts()

  const traceOf = ({
    eventId = '',
    event,
    person,
  }: Pick<DecisionNote, 'eventId' | 'event' | 'person'>): EventTrace => {
    const id = eventId.slice(0, 128)
    const key = JSON.stringify([id, event])
    const trace = traces.get(key) ?? { key, eventId: id, event, state: 'queued', attempts: [], calls: [] }
    if (person) trace.person = person
    traces.set(key, trace)
    const oldest = traces.keys().next().value
    if (traces.size > maxTraces && oldest !== undefined) traces.delete(oldest)
    return trace
  }
  const changed = (trace: EventTrace) => {
    for (const listener of listeners) listener(trace)
  }

  const notes = {
    accepted(note: AcceptedNote) {
      const trace = traceOf(note)
      trace.acceptedAt ??= now()
      if (note.reason !== undefined) trace.reason = note.reason
      if (note.end !== 'queued') trace.state = note.end === 'ignored' ? 'ignored' : 'dead'
      counts.accepted(note)
      changed(trace)
    },
    call(note: CallNote) {
      counts.add('calls')
      openCalls.set(note.messageId, [...(openCalls.get(note.messageId) ?? []), { ...note, at: now() }])
    },
    decision(note: DecisionNote) {
      const trace = traceOf(note)
      trace.attempts = [...trace.attempts, { ...note, at: now() }].slice(-maxAttempts)
      trace.calls = [...trace.calls, ...(openCalls.get(note.messageId) ?? [])].slice(-maxAttempts)
      openCalls.delete(note.messageId)
      trace.state = stateAfter(note)
      if (note.decision === 'deadLetter') trace.reason = [note.code, note.why].filter(Boolean).join(': ')
      counts.decided(note)
      changed(trace)
    },
  }
  return {
    counts: counts.values,
    traces: (idPrefix = '') => [...traces.values()].filter(trace => trace.eventId.startsWith(idPrefix)),
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

function stateAfter({ decision, outcome }: DecisionNote): EventTrace['state'] {
  if (decision === 'deadLetter') return 'dead'
  if (decision === 'retry') return 'retrying'
  return outcome === 'skipped' ? 'skipped' : 'delivered'
}
