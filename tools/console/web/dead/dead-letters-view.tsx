import { useEffect, useRef, useState } from 'preact/hooks'
import type { Summary } from '../../../dead-letters/describe.ts'
import { count } from '../parts/format.ts'
import { invalidEvents } from '../parts/invalid-events.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { now } from '../state/feed.ts'
import { hrefTo, route } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { LetterFilter } from './letter-filter.tsx'
import { LetterRow } from './letter-row.tsx'
import { matchingLetters } from './letters.ts'
import { ReplayReport } from './replay-report.tsx'
import { followRunning, replay, replayLetters, replayVersion } from './replaying.ts'
import { useHolding } from './use-holding.ts'
import { useLetterNotes } from './use-letter-notes.ts'

/** Rows that are shown at once. */
const pageSize = 100

/** The view "Dead letters": a list with reasons. An open row shows the event and what the code does with it now. */
export function DeadLettersView() {
  useEffect(() => void followRunning(), [])
  const seen = useRef(Number.POSITIVE_INFINITY)
  const inQueue = now.value?.status.deadLetters ?? 0
  // What another reader holds is in no answer: it is asked for again with every number of the feed.
  const version = inQueue > seen.current ? now.value : `${inQueue} ${replayVersion.value}`
  const { value: letters, error } = useAnswer<Summary[]>('/local/dead-letters', version)
  if (letters) seen.current = letters.length
  if (error !== undefined) return <article class="notice bad">{error}</article>
  return (
    <>
      <ReplayReport />
      <Invalid />
      {letters && inQueue > letters.length && replay.value?.isOver !== false && (
        <p>Some are read by somebody else just now. They appear here by themselves.</p>
      )}
      {letters ? <Letters letters={letters} /> : <p aria-busy="true">reading …</p>}
    </>
  )
}

/** Events that were never queued are no dead letters, and are easily missed. */
function Invalid() {
  const events = invalidEvents()
  if (events === 0) return null
  return (
    <p>
      <a href={hrefTo('flow', { state: 'refused' })}>{count(events, 'invalid event')}</a> not queued at all.
    </p>
  )
}

function Letters({ letters }: { letters: Summary[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [shown, setShown] = useState(pageSize)
  const { q = '' } = route.value.params
  const { ids: holding, isSearching } = useHolding(letters, q)
  const found = matchingLetters(letters, route.value.params, holding)
  const ids = found.flatMap(({ id }) => (chosen.has(id) ? id : []))
  const visible = found.slice(0, shown)
  const notes = useLetterNotes(visible.map(({ id }) => id))
  const choose = (id: string, is: boolean) => {
    const next = new Set(chosen)
    if (is) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  return (
    <>
      <LetterFilter
        letters={letters}
        total={isSearching ? 'searching …' : totalText(found.length, letters.length)}
      />
      {setup().may.replay ? (
        <div class="bar">
          <button type="button" disabled={ids.length === 0} onClick={() => void replayLetters(ids)}>
            Replay {ids.length > 0 ? count(ids.length, 'selected dead letter') : 'selected'}
          </button>
          <button
            type="button"
            class="secondary outline"
            disabled={found.length === ids.length}
            onClick={() => setChosen(new Set(found.map(({ id }) => id)))}
          >
            Select all
          </button>
          <button
            type="button"
            class="secondary outline"
            disabled={ids.length === 0}
            onClick={() => setChosen(new Set())}
          >
            Select none
          </button>
        </div>
      ) : (
        <p>
          <small>This console is read-only. Start it with --allow-replay to replay dead letters.</small>
        </p>
      )}
      {found.length > 0 && (
        <ol class="rows">
          {visible.map(letter => (
            <li key={letter.id}>
              <LetterRow
                letter={letter}
                note={notes.get(letter.id)}
                isChosen={chosen.has(letter.id)}
                onChoose={is => choose(letter.id, is)}
              />
            </li>
          ))}
        </ol>
      )}
      {q !== '' && found.length === 0 && !isSearching && (
        <p>
          No dead letter has this. One that was replayed is no longer here.{' '}
          {setup().place === 'local' ? (
            <a href={hrefTo('flow', { q })}>Search all events in Flow</a>
          ) : (
            'Search for its user id or messageId in Flow.'
          )}
        </p>
      )}
      {found.length > shown && (
        <button type="button" class="secondary outline" onClick={() => setShown(shown + pageSize)}>
          Show {Math.min(pageSize, found.length - shown)} more
        </button>
      )}
    </>
  )
}

function totalText(found: number, all: number): string {
  if (all === 0) return replay.value?.isOver === false ? 'Replaying …' : 'No dead letters.'
  return `${found.toLocaleString('en')} of ${count(all, 'dead letter')}`
}
