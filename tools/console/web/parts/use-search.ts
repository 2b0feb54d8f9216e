import { useEffect, useState } from 'preact/hooks'

/** Milliseconds without a key press before the server is asked what a text means. */
const pauseMs = 150

/**
 * Searches for a text when no key was pressed for a moment, and again when `version` changes. `value` is `nothing` until
 * the search of this text has ended, and after one that failed.
 */
export function useSearch<T>(
  text: string,
  version: unknown,
  nothing: T,
  search: (wanted: string) => Promise<T>,
): { value: T; isSearching: boolean } {
  const wanted = text.trim()
  const [known, setKnown] = useState({ text: '', value: nothing })
  useEffect(() => {
    if (wanted === '') return
    let isCurrent = true
    const timer = setTimeout(async () => {
      const value = await search(wanted).catch(() => nothing)
      if (isCurrent) setKnown({ text: wanted, value })
    }, pauseMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [wanted, version])
  const isKnown = known.text === wanted
  return { value: isKnown ? known.value : nothing, isSearching: wanted !== '' && !isKnown }
}
