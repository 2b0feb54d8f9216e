import type { EventDetail, EventRow } from '../../server/shapes.ts'
import { JsonView } from '../parts/json-view.tsx'
import { Pending } from '../parts/pending.tsx'
import { PersonLink } from '../parts/person-link.tsx'
import { Sentence } from '../parts/sentence.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { now } from '../state/feed.ts'
import { hrefTo } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { Outcome } from '../try/outcome.tsx'
import { EventActions } from './event-actions.tsx'
import { Timeline } from './timeline.tsx'

/** Everything about one event: what happened to it, its body, and the call that the current code makes of it. */
export function EventDetails({ row }: { row: EventRow }) {
  const version = JSON.stringify([row.state, row.attempts, row.calls, now.value?.settings])
  const { value, error } = useAnswer<EventDetail>(`/local/event?key=${encodeURIComponent(row.key)}`, version)
  if (error !== undefined || !value) return <Pending error={error} />
  return <Details detail={value} row={row} />
}

function Details({ detail, row }: { detail: EventDetail; row: EventRow }) {
  const { eventId, person, userId, state, reason } = row
  return (
    <div class="inside">
      {reason !== undefined && (
        <p class={state === 'dead' || state === 'refused' ? 'bad' : ''}>
          <Sentence text={reason} />
        </p>
      )}
      <small class="bar">
        <span>messageId {eventId || 'unknown'}</span>
        <PersonLink group={person} userId={userId} />
        {state === 'dead' && <a href={hrefTo('dead', { event: eventId })}>Its dead letter</a>}
      </small>
      {state === 'refused' && (
        <p>
          RudderStack has been told, and does not send it again. Correct it at its source. To deliver this
          one, open it in Try, correct it there and send it. Do not guess whose it is: it would be written on
          somebody else’s timeline.
        </p>
      )}
      <EventActions detail={detail} row={row} />
      <Timeline detail={detail} />
      <Bodies detail={detail} />
    </div>
  )
}

function Bodies({ detail: { event, preview, row } }: { detail: EventDetail }) {
  if (event === undefined)
    return (
      <small>
        {setup().place === 'local'
          ? 'The body of this event is no longer kept.'
          : `A deployed relay logs no bodies.${row.state === 'dead' ? ' That of this event is in its dead letter.' : ''}`}
      </small>
    )
  return (
    <div class="grid">
      <section>
        <h2>Event</h2>
        <JsonView value={event} label="Event" />
      </section>
      <section>
        <h2>What would be sent now</h2>
        {preview && <Outcome preview={preview} source={{ event: row.key }} />}
      </section>
    </div>
  )
}
