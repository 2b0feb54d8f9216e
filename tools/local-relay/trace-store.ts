import type { EventTrace } from './event-trace.ts'
import type { DecisionNote } from './notes.ts'

/** The traces of the latest events, and the listeners to their changes. */
export interface TraceStore {
  /** Returns the traces whose `eventId` starts with `idPrefix`, oldest first. */
  list(idPrefix?: string): EventTrace[]
  /** Returns the trace with this key; undefined if it is unknown or no longer kept. */
  get(key: string): EventTrace | undefined
  /** Changes the trace of an event in place, then calls the listeners. An event without a trace gets one. */
  change(event: TracedEvent, apply: (trace: EventTrace) => void): void
  /** Calls the listener with each trace that changes. Returns the function that unsubscribes it. */
  subscribe(listener: (trace: EventTrace) => void): () => void
}

type TracedEvent = Pick<DecisionNote, 'eventId' | 'event' | 'person'>

/** Traces that are kept: those of the latest events. */
export const maxTraces = 5_000
/** Characters of a `messageId` that are kept. */
const maxIdLength = 128

/** Creates a trace store in memory. It keeps the latest 5,000 traces. */
export function createTraceStore(): TraceStore {
  const byIdentity = new Map<string, EventTrace>()
  const byKey = new Map<string, EventTrace>()
  const listeners = new Set<(trace: EventTrace) => void>()
  const dropOldest = () => {
    const [oldest] = byIdentity
    if (byIdentity.size <= maxTraces || !oldest) return
    byIdentity.delete(oldest[0])
    byKey.delete(oldest[1].key)
  }
  const traceOf = ({ eventId: wholeId = '', event, person }: TracedEvent): EventTrace => {
    const eventId = wholeId.slice(0, maxIdLength)
    const identity = JSON.stringify([eventId, event])
    const known = byIdentity.get(identity)
    const trace = known ?? newTrace(freeKey(eventId || 'event', byKey), eventId, event)
    if (person) trace.person = person
    byIdentity.set(identity, trace)
    byKey.set(trace.key, trace)
    dropOldest()
    return trace
  }
  return {
    list: (idPrefix = '') => [...byIdentity.values()].filter(trace => trace.eventId.startsWith(idPrefix)),
    get: key => byKey.get(key),
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

function newTrace(key: string, eventId: string, event: string): EventTrace {
  return { key, eventId, event, state: 'queued', attempts: [], calls: [] }
}

function freeKey(wanted: string, taken: Map<string, unknown>): string {
  for (let n = 1; ; n++) {
    const key = n === 1 ? wanted : `${wanted}~${n}`
    if (!taken.has(key)) return key
  }
}
