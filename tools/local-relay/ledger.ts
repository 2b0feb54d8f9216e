import { type CountName, createCounts } from './counts.ts'
import type { EventTrace } from './event-trace.ts'
import type { AcceptedNote, CallNote, DecisionNote, Note } from './notes.ts'
import { createTraceStore } from './trace-store.ts'

/** The events since the relay started: counters of all of them, traces of the latest. */
export interface Ledger {
  readonly counts: Readonly<Record<CountName, number>>
  /** Returns at most 5,000 traces, oldest first: those whose RudderStack `messageId` starts with `idPrefix`. */
  traces(idPrefix?: string): EventTrace[]
  trace(key: string): EventTrace | undefined
  note(note: Note): void
  /** Counts SQS messages that are done, before they are deleted. Each is counted once, however often it is passed. */
  done(messageIds: string[]): void
  /** Calls the listener with each trace that changes. Returns the function that unsubscribes it. */
  subscribe(listener: (trace: EventTrace) => void): () => void
}

const maxAttempts = 50

/** Creates a ledger in memory. */
export function createLedger(now: () => number = Date.now): Ledger {
  const traces = createTraceStore()
  const openCalls = createOpenCalls()
  const counts = createCounts()
  return {
    counts: counts.values,
    traces: traces.list,
    trace: traces.get,
    note({ kind, message }) {
      if (kind === 'call') {
        counts.add('calls')
        openCalls.add(message, now())
      } else if (kind === 'decision') {
        counts.decided(message)
        traces.change(message, trace => addAttempt(trace, message, openCalls.take(message.messageId), now()))
      } else {
        counts.accepted(message)
        traces.change(message, trace => {
          if (message.end === 'queued' && trace.acceptedAt !== undefined) counts.add('repeated')
          addAcceptance(trace, message, now())
        })
      }
    },
    done: counts.done,
    subscribe: traces.subscribe,
  }
}

/** Keeps the calls of each message until the worker has decided about it. */
function createOpenCalls() {
  const calls = new Map<string, EventTrace['calls']>()
  return {
    add(note: CallNote, at: number) {
      calls.set(note.messageId, [...(calls.get(note.messageId) ?? []), { ...note, at }])
    },
    take(messageId: string): EventTrace['calls'] {
      const taken = calls.get(messageId) ?? []
      calls.delete(messageId)
      return taken
    },
  }
}

function addAcceptance(trace: EventTrace, { reason = '', end }: AcceptedNote, at: number) {
  // The worker may be told of first: it can be faster than the answer of ingest.
  const isNew = trace.acceptedAt === undefined && trace.attempts.length === 0
  if (end === 'refused') trace.refusals = [...(trace.refusals ?? []), { at, reason }].slice(-maxAttempts)
  else trace.acceptedAt ??= at
  // What is known already keeps its state: an equal event is not delivered again.
  if (!isNew && (end === 'queued' || end === 'refused')) return
  trace.state = end === 'deadLettered' ? 'dead' : end
  if (reason === '') delete trace.reason
  else trace.reason = reason
}

function addAttempt(trace: EventTrace, note: DecisionNote, calls: EventTrace['calls'], at: number) {
  trace.attempts = [...trace.attempts, { ...note, at }].slice(-maxAttempts)
  trace.calls = [...trace.calls, ...calls].slice(-maxAttempts)
  trace.state = stateAfter(note)
  // The reason of an earlier death is that of its attempt; a replayed event has none.
  delete trace.reason
  if (note.decision === 'deadLetter') trace.reason = [note.code, note.why].filter(Boolean).join(': ')
}

function stateAfter({ decision, outcome }: DecisionNote): EventTrace['state'] {
  if (decision === 'deadLetter') return 'dead'
  if (decision === 'retry') return 'retrying'
  return outcome === 'skipped' ? 'skipped' : 'delivered'
}
