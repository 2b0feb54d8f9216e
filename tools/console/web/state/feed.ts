import { batch, signal } from '@preact/signals'
import type { EventRow, Now, Point, Start } from '../../server/shapes.ts'

/** Rows and points that the page keeps, as many as the server. */
const [maxRows, maxPoints] = [5_000, 180]

/** The rows of the latest events, by their keys. The map is changed in place; `rowsVersion` tells of a change. */
export const rows = new Map<string, EventRow>()
/** Changes with every change of `rows`. */
export const rowsVersion = signal(0)
/** The points of the charts, oldest first. */
export const points = signal<Point[]>([])
/** The current numbers; undefined until the feed has sent them. */
export const now = signal<Now | undefined>(undefined)
/** Whether the feed is connected; undefined until the first answer. */
export const isUp = signal<boolean | undefined>(undefined)

/** Adds rows, or replaces those with the same keys. The oldest are dropped. */
export function addRows(changed: EventRow[]): void {
  if (changed.length === 0) return
  for (const row of changed) rows.set(row.key, row)
  for (const key of rows.keys()) {
    if (rows.size <= maxRows) break
    rows.delete(key)
  }
  rowsVersion.value++
}

/** Listens to the live feed while the page is open. The browser reconnects by itself. */
export function listen(): void {
  const feed = new EventSource('/local/live')
  const on = <T>(name: string, act: (value: T) => void) =>
    feed.addEventListener(name, message => {
      const value: T = JSON.parse((message as MessageEvent<string>).data)
      batch(() => act(value))
    })
  on<Start>('start', ({ rows: all, points: known, ...numbers }) => {
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
    isUp.value = true
  })
  feed.addEventListener('error', () => {
    isUp.value = false
  })
}
