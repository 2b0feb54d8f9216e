import { signal } from '@preact/signals'
import type { EventRow } from '../../server/shapes.ts'

/** Rows that the page keeps, as many as the server. */
const maxRows = 5_000

/** The rows of the latest events, by their keys. The map is changed in place; `rowsVersion` tells of a change. */
export const rows = new Map<string, EventRow>()
/** Changes with every change of `rows`. */
export const rowsVersion = signal(0)

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
