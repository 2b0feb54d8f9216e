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
  const feed: LiveListener = {
    start({ counts, status, traces, points }) {
      Object.assign(store, { now: { counts, status }, points, traces: new Map() })
      feed.traces(traces)
    },
    now(now) {
      store.now = now
      changed()
    },
    traces(traces) {
      for (const trace of traces) {
        store.traces.delete(trace.key)
        store.traces.set(trace.key, trace)
      }
      for (const key of [...store.traces.keys()].slice(0, -maxTraces)) store.traces.delete(key)
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
  listen(feed)
  return store
}
