import { EventLink } from '../parts/event-link.tsx'
import { StateLabel } from '../parts/state-label.tsx'
import { workOf } from '../parts/work-of.ts'
import { sent } from './sending.ts'

/** What became of the event that was sent last. Empty once the editor has another event. */
export function SentStatus() {
  return (
    <p class="status" role="status" aria-label="Sent event">
      <Result />
    </p>
  )
}

function Result() {
  const result = sent.value
  if (!result) return null
  if (result.kind === 'sending') return <span>sending to POST /v1/events …</span>
  if (result.kind !== 'accepted')
    return (
      <>
        <StateLabel state={result.kind} /> <span>{result.why}</span>
      </>
    )
  const { row, messageId, before } = result
  if (!row)
    return (
      <>
        <StateLabel state="accepted" />{' '}
        <span>
          messageId {messageId}
          {before && ': an event with this messageId was sent before, and is not delivered twice'}
        </span>
      </>
    )
  return (
    <>
      <StateLabel state={row.state} /> <span>{workOf(row)}</span>
      <EventLink row={row}>What happened</EventLink>
    </>
  )
}
