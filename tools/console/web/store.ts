import type { EventTrace } from '../../local-relay/ledger.ts'
import type { Now, Point } from '../server/shapes.ts'
import { type LiveListener, listen } from './api.ts'

/** What the live feed has told so far. */
export interface Store {
  /** Oldest change first. */
  traces: Map<string, EventTrace>
  points: Point[]
  now: Now | undefined
  isUp: boolean
  /** Is called after each change, and once at once. */
  subscribe(listener: () => void): () => void
}

const [maxLives, maxPoints] = [200, 120]

/** Keeps what the feed tells, the latest 200 traces of it, and tells the views. */
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
      for (const key of [...store.traces.keys()].slice(0, -maxLives)) store.traces.delete(key)
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
