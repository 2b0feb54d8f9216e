import type { Summary } from '../../../dead-letters/describe.ts'
import type { PersonState } from '../../server/person-shapes.ts'
import { replayVersion } from '../dead/replaying.ts'
import { useFound } from '../flow/use-found.ts'
import { type Answer, useAnswer } from '../parts/use-answer.ts'
import { now } from '../state/feed.ts'
import { rows, rowsVersion } from '../state/rows.ts'
import { groupEvents } from './group-events.ts'

/** The person whom a user id, an e-mail or a message group means. */
export interface FoundPerson {
  error?: string | undefined
  /** Missing while it is requested. */
  state?: PersonState | undefined
  /** Whether anything is known about this person. Undefined while the server searches. */
  isKnown: boolean | undefined
  /** Message groups of other people whom the text may mean. Of a single one that an e-mail means, `state` is shown. */
  others: string[]
  /** Whether `state` is that of the only person whose events hold the e-mail. */
  isByEmail: boolean
  /** The dead letters of `state`. */
  letters: Answer<Summary[]>
}

/** Finds a person, and again after each change of the events. An exact user id comes before an e-mail. */
export function usePerson(text: string, group: string): FoundPerson {
  const version = rowsVersion.value
  const exact = useAnswer<PersonState>(pathOf(text.trim(), group), version)
  const letters = useAnswer<Summary[]>(text + group === '' ? '' : '/local/dead-letters', lettersVersion())
  const { found, isSearching } = useFound(text || group, 0)
  const own = exact.value?.group ?? group
  const lettersOf = (wanted: string) => letters.value?.filter(({ groupId }) => groupId === wanted) ?? []
  const isExact =
    exact.value?.record !== undefined ||
    groupEvents(rows.values(), own).length > 0 ||
    lettersOf(own).length > 0
  const others = isExact || text === '' ? [] : found.people.filter(one => one !== own)
  const byEmail = text.includes('@') && others.length === 1 ? others[0] : undefined
  const other = useAnswer<PersonState>(byEmail === undefined ? '' : pathOf('', byEmail), version)
  const isOpen = isSearching || !exact.value || !(letters.value ?? letters.error)
  return {
    error: exact.error ?? other.error,
    state: byEmail === undefined ? exact.value : other.value,
    isKnown: isExact || byEmail !== undefined || (isOpen ? undefined : false),
    others,
    isByEmail: byEmail !== undefined,
    letters: { ...letters, value: lettersOf(byEmail ?? own) },
  }
}

function lettersVersion(): string {
  return `${now.value?.status.deadLetters} ${replayVersion.value}`
}

function pathOf(externalId: string, group: string): string {
  if (externalId !== '') return `/local/person?externalId=${encodeURIComponent(externalId)}`
  return group === '' ? '' : `/local/person?group=${encodeURIComponent(group)}`
}
