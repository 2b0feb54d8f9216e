import type { EventTrace } from '../../local-relay/ledger.ts'
import type { Now, Point } from '../server/shapes.ts'
import { type LiveListener, listen } from './api.ts'

/** The data that the live feed has sent so far. */
export interface Store {
  /** The traces; the one that changed last is last. */
  traces: Map<string, EventTrace>
  points: Point[]
  now: Now | undefined
  isUp: boolean
  /** Calls the listener now and after each change. Returns the function that unsubscribes it. */
  subscribe(listener: () => void): () => void
}

const [maxTraces, maxPoints] = [200, 120]

/** Creates the store: it keeps the data of the feed (at most 200 traces) and notifies the views. */
export function createStore(): Store {
  const listeners = new Set<() => void>()
  const store: Store = {
    traces: new Map(),
    points: [],
    now: undefined,
    isUp: false,
    subscribe(listener) {
      listeners.add(listener)
      listener()
      return () => void listeners.delete(listener)
    },
  }
  const changed = () => {
    for (const listener of listeners) listener()
  }
  listen(feedInto(store, changed))
  return store
}

function feedInto(store: Store, changed: () => void): LiveListener {
  return {
    start({ counts, status, traces, points }) {
      Object.assign(store, { now: { counts, status }, points, traces: new Map() })
      addTraces(store.traces, traces)
      changed()
    },
    now(now) {
      store.now = now
      changed()
    },
    traces(traces) {
      addTraces(store.traces, traces)
      changed()
    },
    point(point) {
      store.points = [...store.points, point].slice(-maxPoints)
      changed()
    },
    link(isUp) {
      store.isUp = isUp
      changed()
    },
  }
}

function addTraces(known: Store['traces'], traces: EventTrace[]) {
  for (const trace of traces) {
    known.delete(trace.key)
    known.set(trace.key, trace)
  }
  for (const key of [...known.keys()].slice(0, -maxTraces)) known.delete(key)
}
