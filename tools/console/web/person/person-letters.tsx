import type { Summary } from '../../../dead-letters/describe.ts'
import { letterName } from '../dead/letters.ts'
import { clock, count } from '../parts/format.ts'
import { Sentence } from '../parts/sentence.tsx'
import type { Answer } from '../parts/use-answer.ts'
import { hrefTo } from '../state/route.ts'

/** The dead letters of a person. */
export function PersonLetters({ letters: { value: letters = [], error } }: { letters: Answer<Summary[]> }) {
  return (
    <section aria-label="Dead letters">
      <h2>
        Dead letters <small>{error ?? count(letters.length, 'dead letter')}</small>
      </h2>
      <table>
        <tbody>
          {letters.map(letter => (
            <tr key={letter.id}>
              <td>
                <time>{clock(Date.parse(letter.failedAt))}</time>
              </td>
              <td>
                <a href={hrefTo('dead', { open: letter.id })}>
                  {letterName(letter)} · {letter.code}
                </a>
              </td>
              <td>
                <Sentence text={letter.reason} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
