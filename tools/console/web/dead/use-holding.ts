import { useEffect, useState } from 'preact/hooks'
import type { Summary } from '../../../dead-letters/describe.ts'
import { ask } from '../state/api.ts'

/** Milliseconds without a key press before the server is asked. */
const pauseMs = 150

/** Returns the ids of those among the dead letters whose event holds a text. Empty until the server has answered. */
export function useHolding(letters: Summary[], text: string): { ids: string[]; isSearching: boolean } {
  const wanted = text.trim()
  const [known, setKnown] = useState<{ text: string; ids: string[] }>({ text: '', ids: [] })
  useEffect(() => {
    if (wanted === '') return
    let isCurrent = true
    const timer = setTimeout(async () => {
      const ids = await ask<string[]>('/local/letters-holding', {
        ids: letters.map(({ id }) => id),
        text: wanted,
      }).catch(() => [])
      if (isCurrent) setKnown({ text: wanted, ids })
    }, pauseMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [wanted, letters])
  const isKnown = known.text === wanted
  return { ids: isKnown ? known.ids : [], isSearching: wanted !== '' && !isKnown }
}
