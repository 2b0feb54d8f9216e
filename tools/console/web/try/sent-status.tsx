import type { EventRow } from '../../server/shapes.ts'
import { EventLink } from '../parts/event-link.tsx'
import { Sentence } from '../parts/sentence.tsx'
import { StateLabel, stateNames } from '../parts/state-label.tsx'
import { workOf } from '../parts/work-of.ts'
import { hrefTo } from '../state/route.ts'
import { sent } from './sending.ts'

/** What became of the event that was sent last. Empty once the editor has another event. */
export function SentStatus() {
  return (
    <p class="bar status" role="status" aria-label="Sent event">
      <Result />
    </p>
  )
}

function Result() {
  const result = sent.value
  if (!result) return null
  if (result.kind === 'sending') return <span>sending to POST /v1/events …</span>
  if (result.kind === 'repeated') return <Repeated row={result.before} />
  if (result.kind !== 'accepted')
    return (
      <>
        <StateLabel state={result.kind} />{' '}
        <span>
          <Sentence text={result.why} />
        </span>
      </>
    )
  const { row, messageId } = result
  if (!row)
    return (
      <>
        <StateLabel state="accepted" /> <span>messageId {messageId}</span>
      </>
    )
  return (
    <>
      <StateLabel state={row.state} />{' '}
      <span>
        <Sentence text={workOf(row)} />
      </span>
      <EventLink row={row}>What happened</EventLink>
    </>
  )
}

/** An event that was sent before and has ended. Only a replay of its dead letter delivers it. */
function Repeated({ row }: { row: EventRow }) {
  return (
    <>
      <b>Not delivered again:</b>{' '}
      <span>
        the relay has had this event before, and it was {stateNames[row.state]}.
        {row.state === 'dead' && ' To deliver it, replay its dead letter.'}
      </span>{' '}
      {row.state === 'dead' ? (
        <a href={hrefTo('dead', { event: row.eventId })}>Its dead letter</a>
      ) : (
        <EventLink row={row}>What happened</EventLink>
      )}
    </>
  )
}
