import type { EventTrace } from '../../local-relay/ledger.ts'
import type { Now, Point, Start } from '../server/shapes.ts'

/** Sends a request to the relay. @throws Error with the relay's message, or if the relay does not answer. */
export async function ask<T>(path: string, body?: object): Promise<T> {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  const response = await fetch(path, init).catch(() => {
    throw new Error('the relay does not answer: is npm start still running?')
  })
  const value = await response.json()
  if (!response.ok) throw new Error(`${response.status}: ${value.message ?? 'no reason given'}`)
  return value as T
}

/** The callbacks of the live feed. `isUp` says whether the feed is connected. */
export interface LiveListener {
  start(start: Start): void
  now(now: Now): void
  traces(traces: EventTrace[]): void
  point(point: Point): void
  link(isUp: boolean): void
}

/** Listens to the live feed while the page is open. The browser reconnects by itself. */
export function listen(listener: LiveListener): void {
  const feed = new EventSource('/local/live')
  const on = <T>(name: string, act: (value: T) => void) =>
    feed.addEventListener(name, message => act(JSON.parse((message as MessageEvent<string>).data)))
  on('start', listener.start)
  on('now', listener.now)
  on('traces', listener.traces)
  on('point', listener.point)
  feed.addEventListener('open', () => listener.link(true))
  feed.addEventListener('error', () => listener.link(false))
}
