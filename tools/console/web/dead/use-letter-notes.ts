import { useEffect, useState } from 'preact/hooks'
import type { LetterNote } from '../../server/letter-shapes.ts'
import { ask } from '../state/api.ts'
import { now } from '../state/feed.ts'

/**
 * Requests whose the shown dead letters are and what Kustomer would say to them now: again whenever others are shown or
 * the settings in force change. Empty until the answer is there.
 */
export function useLetterNotes(ids: string[]): ReadonlyMap<string, LetterNote> {
  const [notes, setNotes] = useState<ReadonlyMap<string, LetterNote>>(new Map())
  const version = JSON.stringify([ids, now.value?.settings])
  useEffect(() => {
    if (ids.length === 0) return
    let isCurrent = true
    ask<LetterNote[]>('/local/letter-notes', { ids }).then(
      all => isCurrent && setNotes(new Map(all.map(note => [note.id, note]))),
      // The list is complete without them.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [version])
  return notes
}
