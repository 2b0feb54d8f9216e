import type { EventTrace } from './ledger.ts'
import type { DecisionNote } from './notes.ts'

/** The traces of the latest events, and the listeners to their changes. */
export interface TraceStore {
  /** Returns the traces whose `eventId` starts with `idPrefix`, oldest first. */
  list(idPrefix?: string): EventTrace[]
  /** Changes the trace of an event in place, then calls the listeners. An event without a trace gets one. */
  change(event: TracedEvent, apply: (trace: EventTrace) => void): void
  /** Calls the listener with each trace that changes. Returns the function that unsubscribes it. */
  subscribe(listener: (trace: EventTrace) => void): () => void
}

type TracedEvent = Pick<DecisionNote, 'eventId' | 'event' | 'person'>

const maxTraces = 1_000
/** Characters of a `messageId` that are kept. */
const maxIdLength = 128

/** Creates a trace store in memory. It keeps the latest 1,000 traces. */
export function createTraceStore(): TraceStore {
  const traces = new Map<string, EventTrace>()
  const listeners = new Set<(trace: EventTrace) => void>()
  const traceOf = ({ eventId: wholeId = '', event, person }: TracedEvent): EventTrace => {
    const eventId = wholeId.slice(0, maxIdLength)
    const key = JSON.stringify([eventId, event])
    const trace = traces.get(key) ?? { key, eventId, event, state: 'queued', attempts: [], calls: [] }
    if (person) trace.person = person
    traces.set(key, trace)
    const oldest = traces.keys().next().value
    if (traces.size > maxTraces && oldest !== undefined) traces.delete(oldest)
    return trace
  }
  return {
    list: (idPrefix = '') => [...traces.values()].filter(trace => trace.eventId.startsWith(idPrefix)),
    change(event, apply) {
      const trace = traceOf(event)
      apply(trace)
      for (const listener of listeners) listener(trace)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
