import { useEffect, useRef } from 'preact/hooks'
import type { ReplayedLetter } from '../../server/letter-shapes.ts'
import { count } from '../parts/format.ts'
import { Sentence } from '../parts/sentence.tsx'
import { StateLabel } from '../parts/state-label.tsx'
import { hrefTo } from '../state/route.ts'
import { closeReport, isNews, replay, replayProblem } from './replaying.ts'

const shownLetters = 50

/**
 * What became of the dead letters of the last replay, each followed to its end. Empty before the first replay. A new
 * report gets the focus: the button that started it goes away with its dead letter.
 */
export function ReplayReport() {
  const section = useRef<HTMLElement>(null)
  const id = replay.value?.id ?? ''
  useEffect(() => {
    if (isNews(id)) section.current?.focus()
  }, [id])
  if (replayProblem.value !== '')
    return (
      <article class="notice bad">
        <p role="alert">{replayProblem.value}</p>
      </article>
    )
  if (!replay.value) return null
  const { letters, isOver } = replay.value
  return (
    <section ref={section} tabIndex={-1} aria-label="Replay">
      <article class="notice">
        <p role="status" aria-busy={!isOver}>
          <b>{isOver ? 'Replay' : 'Replaying …'}</b> {tally(letters)}
        </p>
        <ul>
          {urgentFirst(letters).map(letter => (
            <li key={letter.id}>
              <StateLabel state={letter.state} /> <b>{letter.name}</b>{' '}
              {letter.userId !== undefined && <small>{letter.userId} </small>}
              <span>
                <Sentence text={letter.why} />
              </span>{' '}
              {letter.eventId !== undefined && (
                <a href={hrefTo('flow', { q: letter.eventId, open: letter.eventId })}>What happened</a>
              )}
            </li>
          ))}
        </ul>
        {isOver && (
          <button type="button" class="secondary outline" onClick={closeReport}>
            Close
          </button>
        )}
      </article>
    </section>
  )
}

const words: [ReplayedLetter['state'], string][] = [
  ['delivered', 'delivered'],
  ['deadAgain', 'dead-lettered again'],
  ['sending', 'to be sent'],
  ['waiting', 'waiting'],
  ['notReplayed', 'not replayed'],
  ['notDeleted', 'replayed but not deleted'],
]

/** What needs a look comes first: a long replay does not show all. */
function urgentFirst(letters: ReplayedLetter[]): ReplayedLetter[] {
  const isUrgent = ({ state }: ReplayedLetter) =>
    state === 'deadAgain' || state === 'notReplayed' || state === 'notDeleted'
  const others = letters.filter(letter => !isUrgent(letter))
  return [...letters.filter(isUrgent), ...others].slice(0, shownLetters)
}

function tally(letters: ReplayedLetter[]): string {
  const counts = words.flatMap(([state, word]) => {
    const n = letters.filter(letter => letter.state === state).length
    return n > 0 ? `${n.toLocaleString('en')} ${word}` : []
  })
  return `${count(letters.length, 'dead letter')}: ${counts.join(', ')}`
}
