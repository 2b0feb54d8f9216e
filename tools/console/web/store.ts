import type { Life } from '../../local-relay/ledger.ts'
import type { Now, Point } from '../server/shapes.ts'
import { type LiveListener, listen } from './api.ts'

/** What the live feed has told so far. */
export interface Store {
  /** Oldest change first. */
  lives: Map<string, Life>
  points: Point[]
  now: Now | undefined
  isUp: boolean
  /** Is called after each change, and once at once. */
  subscribe(listener: () => void): () => void
}

const [maxLives, maxPoints] = [200, 120]

/** Keeps what the feed tells, the latest 200 lives of it, and tells the views. */
export function createStore(): Store {
  const listeners = new Set<() => void>()
  const store: Store = {
    lives: new Map(),
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
    start({ counts, status, lives, points }) {
      Object.assign(store, { now: { counts, status }, points, lives: new Map() })
      feed.lives(lives)
    },
    now(now) {
      store.now = now
      changed()
    },
    lives(lives) {
      for (const life of lives) {
        store.lives.delete(life.key)
        store.lives.set(life.key, life)
      }
      for (const key of [...store.lives.keys()].slice(0, -maxLives)) store.lives.delete(key)
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
