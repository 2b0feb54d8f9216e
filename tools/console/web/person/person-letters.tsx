import type { Summary } from '../../../dead-letters/describe.ts'
import { letterName } from '../dead/letters.ts'
import { clock, count } from '../parts/format.ts'
import type { Answer } from '../parts/use-answer.ts'
import { hrefTo } from '../state/route.ts'

/** The dead letters of a person. */
export function PersonLetters({ letters: { value: letters = [], error } }: { letters: Answer<Summary[]> }) {
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
