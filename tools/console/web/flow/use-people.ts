import { useEffect, useState } from 'preact/hooks'
import type { Found } from '../../server/shapes.ts'
import { ask } from '../state/api.ts'
import { addRows } from '../state/feed.ts'

/** Milliseconds without a key press before the server is asked whom a text means. */
const pauseMs = 150

/**
 * Returns the people whom a search text may mean, by message group. Rows that the server finds and the page does not
 * have are added. Asks again when `version` changes, since a new event may belong to a new person.
 */
export function usePeople(text: string, version: number): { people: Found['people']; isSearching: boolean } {
  const wanted = text.trim()
  const [found, setFound] = useState<{ text: string; people: Found['people'] }>({ text: '', people: [] })
  useEffect(() => {
    if (wanted === '') return
    let isCurrent = true
    const timer = setTimeout(async () => {
      const { people, rows } = await ask<Found>('/local/find', { text: wanted }).catch(() => ({
        people: [],
        rows: [],
      }))
      if (!isCurrent) return
      addRows(rows)
      setFound({ text: wanted, people })
    }, pauseMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [wanted, version])
  return {
    people: found.text === wanted ? found.people : [],
    isSearching: wanted !== '' && found.text !== wanted,
  }
}
