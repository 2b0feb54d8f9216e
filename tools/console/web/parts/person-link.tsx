import { hrefTo } from '../state/route.ts'

/** A link to a person: by user id where it is known, else by message group. Nothing without a group. */
export function PersonLink({
  group = '',
  userId,
}: {
  group?: string | undefined
  userId?: string | undefined
}) {
  if (group === '') return null
  return (
    <span>
      person{' '}
      <a href={hrefTo('person', userId === undefined ? { group } : { id: userId })}>
        {userId ?? group.slice(0, 8)}
      </a>
    </span>
  )
}
