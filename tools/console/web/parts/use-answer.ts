import { useEffect, useState } from 'preact/hooks'
import { ask } from '../state/api.ts'
import { reconnections } from '../state/feed.ts'

/** The answer to a request: neither while the first one runs. */
export interface Answer<T> {
  value?: T
  error?: string
}

/**
 * Requests a path of the API, and again whenever the path or `version` changes, or the page is connected again. The old
 * value stays until the new one is there, unless the path is another one. An empty path requests nothing.
 */
export function useAnswer<T>(path: string, version: unknown = 0): Answer<T> {
  const [known, setKnown] = useState<Answer<T> & { path: string }>({ path })
  const connection = reconnections.value
  useEffect(() => {
    if (path === '') return
    let isCurrent = true
    ask<T>(path).then(
      value => isCurrent && setKnown({ path, value }),
      (error: Error) => isCurrent && setKnown({ path, error: error.message }),
    )
    return () => {
      isCurrent = false
    }
  }, [path, version, connection])
  return known.path === path ? known : {}
}
