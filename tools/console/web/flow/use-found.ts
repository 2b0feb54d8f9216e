import { useLayoutEffect } from 'preact/hooks'
import type { Found } from '../../server/shapes.ts'
import { useSearch } from '../parts/use-search.ts'
import { ask } from '../state/api.ts'
import { addRows } from '../state/rows.ts'

const nothing: Found = { people: [], keys: [], rows: [] }

/**
 * Returns the people and events that a search text may mean. Rows that the server finds and the page does not
 * have are added. Asks again when `version` changes, since a new event may belong to a new person.
 */
export function useFound(text: string, version: number): { found: Found; isSearching: boolean } {
  const { value, isSearching } = useSearch(text, version, nothing, wanted =>
    ask<Found>('/local/find', { text: wanted }),
  )
  useLayoutEffect(() => addRows(value.rows), [value])
  return { found: value, isSearching }
}
