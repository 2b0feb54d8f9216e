import type { Summary } from '../../../dead-letters/describe.ts'
import type { LetterDetail } from '../../server/letter-shapes.ts'
import { JsonView } from '../parts/json-view.tsx'
import { Pending } from '../parts/pending.tsx'
import { PersonLink } from '../parts/person-link.tsx'
import { Sentence } from '../parts/sentence.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { now } from '../state/feed.ts'
import { hrefTo } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { Outcome } from '../try/outcome.tsx'
import { LetterActions } from './letter-actions.tsx'

/** A dead letter with its event, and the call that the current code makes of it. */
export function LetterDetails({ letter }: { letter: Summary }) {
  const path = `/local/dead-letter?id=${encodeURIComponent(letter.id)}`
  const { value, error } = useAnswer<LetterDetail>(path, JSON.stringify(now.value?.settings))
  if (error !== undefined || !value) return <Pending error={error} />
  const { event, body, problem, preview, receivedAt, userId } = value
  const { eventId, groupId } = letter
  return (
    <div class="inside">
      <small class="bar">
        {eventId !== undefined && <span>messageId {eventId}</span>}
        {receivedAt !== undefined && <span>received {receivedAt}</span>}
        <PersonLink group={groupId} userId={userId} />
        {eventId !== undefined && (
          <a href={hrefTo('flow', { q: eventId, open: eventId })}>
            {setup().place === 'local' ? 'What happened, and Kustomer’s answer' : 'What happened'}
          </a>
        )}
      </small>
      <LetterActions letter={letter} detail={value} />
      <div class="grid">
        <section>
          <h2>Event</h2>
          {event === undefined ? (
            <JsonView value={body} label="Body as text" />
          ) : (
            <JsonView value={event} label="Event" />
          )}
        </section>
        <section>
          <h2>What would be sent now</h2>
          {preview ? (
            <Outcome preview={preview} source={{ letter: letter.id }} />
          ) : (
            <article class="notice bad">
              <Sentence text={problem ?? ''} />
            </article>
          )}
        </section>
      </div>
    </div>
  )
}
