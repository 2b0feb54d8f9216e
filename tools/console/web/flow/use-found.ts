import { useEffect, useState } from 'preact/hooks'
import type { Found } from '../../server/shapes.ts'
import { ask } from '../state/api.ts'
import { addRows } from '../state/rows.ts'

/** Milliseconds without a key press before the server is asked whom a text means. */
const pauseMs = 150

/** What a text means, without the rows. */
export type Meant = Pick<Found, 'people' | 'keys'>

const nothing: Meant = { people: [], keys: [] }

/**
 * Returns the people and events that a search text may mean. Rows that the server finds and the page does not
 * have are added. Asks again when `version` changes, since a new event may belong to a new person.
 */
export function useFound(text: string, version: number): { found: Meant; isSearching: boolean } {
  const wanted = text.trim()
  const [found, setFound] = useState<Meant & { text: string }>({ text: '', ...nothing })
  useEffect(() => {
    if (wanted === '') return
    let isCurrent = true
    const timer = setTimeout(async () => {
      const { rows, ...meant } = await ask<Found>('/local/find', { text: wanted }).catch(() => ({
        ...nothing,
        rows: [],
      }))
      if (!isCurrent) return
      addRows(rows)
      setFound({ text: wanted, ...meant })
    }, pauseMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [wanted, version])
  return {
    found: found.text === wanted ? found : nothing,
    isSearching: wanted !== '' && found.text !== wanted,
  }
}
