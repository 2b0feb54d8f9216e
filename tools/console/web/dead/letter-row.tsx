import type { Summary } from '../../../dead-letters/describe.ts'
import type { LetterNote } from '../../server/letter-shapes.ts'
import { clock, count } from '../parts/format.ts'
import { Sentence } from '../parts/sentence.tsx'
import { useOpenRow } from '../parts/use-open-row.ts'
import { refine, route } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { LetterDetails } from './letter-details.tsx'
import { letterName } from './letters.ts'

interface LetterRowProps {
  letter: Summary
  note: LetterNote | undefined
  isChosen: boolean
  onChoose(isChosen: boolean): void
}

/** A dead letter in the list. The address names the open one by its id (`open`), or by its event (`event`). */
export function LetterRow({ letter, note, isChosen, onChoose }: LetterRowProps) {
  const { id, code, reason, eventId, failedAt, attempts = 0, status, replays = 0 } = letter
  const { open = '', event = '' } = route.value.params
  const isOpen = id === open || (open === '' && event !== '' && eventId === event)
  const button = useOpenRow(isOpen)
  const name = letterName(letter)
  const worked = [
    status,
    attempts > 0 && count(attempts, 'attempt'),
    replays > 0 && `replayed ${count(replays, 'time')}`,
  ].filter(Boolean)
  const { userId, isAcceptable } = note ?? {}
  return (
    <>
      <div class="letter-row">
        {setup().may.replay && (
          <input
            type="checkbox"
            aria-label={`Select ${name} ${id.slice(0, 8)}`}
            checked={isChosen}
            onChange={event => onChoose(event.currentTarget.checked)}
          />
        )}
        <button
          ref={button}
          type="button"
          class="row"
          aria-expanded={isOpen}
          onClick={() => refine({ open: isOpen ? '' : id, event: '' }, true)}
        >
          <time title={failedAt}>{clock(Date.parse(failedAt))}</time>
          <code class="bad">{code}</code>
          <b>
            {name} {userId !== undefined && <small>{userId}</small>}
          </b>
          <span class="reason">
            <Sentence text={reason} />
          </span>
          <small>
            {worked.join(' · ')}
            {isAcceptable !== undefined && <Verdict isAcceptable={isAcceptable} />}
          </small>
        </button>
      </div>
      {isOpen && <LetterDetails letter={letter} />}
    </>
  )
}

/** What Kustomer would say to a replay, as far as its schemas say. */
function Verdict({ isAcceptable }: { isAcceptable: boolean }) {
  return (
    <span class={isAcceptable ? 'good' : 'bad'}>
      {isAcceptable ? ' should be accepted now' : ' would be refused again'}
    </span>
  )
}
