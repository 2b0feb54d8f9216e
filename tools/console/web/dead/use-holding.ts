import type { Summary } from '../../../dead-letters/describe.ts'
import { useSearch } from '../parts/use-search.ts'
import { ask } from '../state/api.ts'

const nothing: string[] = []

/** Returns the ids of those among the dead letters whose event holds a text. Empty until the server has answered. */
export function useHolding(letters: Summary[], text: string): { ids: string[]; isSearching: boolean } {
  const ids = () => letters.map(({ id }) => id)
  const { value, isSearching } = useSearch(text, letters, nothing, wanted =>
    ask<string[]>('/local/letters-holding', { ids: ids(), text: wanted }),
  )
  return { ids: value, isSearching }
}
