import { PersonLink } from '../parts/person-link.tsx'
import { route } from '../state/route.ts'
import { rows } from '../state/rows.ts'
import type { FoundPerson } from './use-person.ts'

/** More people than these are not listed. */
const maxShown = 10

/** Says whom a text means if it is not a known user id: the person of an e-mail, people with a similar id, or nobody. */
export function OtherPeople({ person: { isKnown, others, isByEmail } }: { person: FoundPerson }) {
  if (isKnown === undefined || (isKnown && !isByEmail)) return null
  return (
    <article class="notice">
      {isByEmail
        ? 'Found by e-mail: '
        : `Nobody with exactly this ${isOfId() ? 'user id (upper and lower case differ)' : 'message group'}.`}
      {!isByEmail && others.length > 0 && ' Did you mean: '}
      {others.slice(0, maxShown).map(group => (
        <span key={group}>
          <PersonLink group={group} userId={userIdOf(group)} />{' '}
        </span>
      ))}
      {others.length > maxShown && `and ${others.length - maxShown} more`}
    </article>
  )
}

function isOfId(): boolean {
  return (route.value.params.id ?? '') !== ''
}

function userIdOf(group: string): string | undefined {
  for (const row of rows.values()) if (row.person === group && row.userId !== undefined) return row.userId
  return undefined
}
