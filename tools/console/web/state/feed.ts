import { batch, signal } from '@preact/signals'
import type { EventRow, Now, Point, Start } from '../../server/shapes.ts'
import { openByDefault } from './route.ts'
import { addRows, rows, rowsVersion } from './rows.ts'
import { setup } from './setup.ts'

/** Points that the page keeps, as many as the server. */
const maxPoints = 180

/** The points of the charts, oldest first. */
export const points = signal<Point[]>([])
/** The current numbers; undefined until the feed has sent them. */
export const now = signal<Now | undefined>(undefined)
/** Counts how often a lost connection came back: then everything is asked for again. */
export const reconnections = signal(0)
/** Whether the feed is connected; undefined until the first answer. */
export const isUp = signal<boolean | undefined>(undefined)

/** Milliseconds before a refused feed is asked for again. */
const pauseMs = 2_000

/**
 * Listens to the live feed while the page is open. The browser reconnects by itself, but gives up after an answer that is
 * no feed, such as that of a relay that is just starting: then the page does it.
 */
export function listen(): void {
  const feed = new EventSource('/local/live')
  const on = <T>(name: string, act: (value: T) => void) =>
    feed.addEventListener(name, message => {
      const value: T = JSON.parse((message as MessageEvent<string>).data)
      batch(() => act(value))
    })
  on<Start>('start', ({ rows: all, points: known, ...numbers }) => {
    // Whoever comes to a relay at work looks for an event; else there is one to try.
    if (now.peek() === undefined && (setup().place === 'stack' || numbers.counts.received > 0))
      openByDefault('flow')
    rows.clear()
    addRows(all)
    rowsVersion.value++
    points.value = known
    now.value = numbers
  })
  on<Now>('now', numbers => {
    now.value = numbers
  })
  on<EventRow[]>('rows', addRows)
  on<Point[]>('points', all => {
    points.value = all
  })
  on<Point>('point', point => {
    points.value = [...points.peek(), point].slice(-maxPoints)
  })
  feed.addEventListener('open', () => {
    if (isUp.peek() === false) reconnections.value++
    isUp.value = true
  })
  feed.addEventListener('error', () => {
    isUp.value = false
    if (feed.readyState === EventSource.CLOSED) setTimeout(listen, pauseMs)
  })
}
