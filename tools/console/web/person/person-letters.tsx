import type { Summary } from '../../../dead-letters/describe.ts'
import { letterName } from '../dead/letters.ts'
import { replayVersion } from '../dead/replaying.ts'
import { clock, count } from '../parts/format.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { now } from '../state/feed.ts'
import { hrefTo } from '../state/route.ts'

/** The dead letters of a message group. */
export function PersonLetters({ group }: { group: string }) {
  const version = `${now.value?.status.deadLetters} ${replayVersion.value}`
  const { value = [], error } = useAnswer<Summary[]>('/local/dead-letters', version)
  const letters = value.filter(({ groupId }) => groupId === group)
  return (
    <section aria-label="Dead letters">
      <h2>
        Dead letters <span class="what">{error ?? count(letters.length, 'dead letter')}</span>
      </h2>
      <ul class="plain">
        {letters.map(letter => (
          <li key={letter.id}>
            <time>{clock(Date.parse(letter.failedAt))}</time>{' '}
            <a href={hrefTo('dead', { open: letter.id })}>
              {letterName(letter)} · {letter.code}
            </a>{' '}
            <span>{letter.reason}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
