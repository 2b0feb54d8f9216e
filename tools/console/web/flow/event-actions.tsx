import type { EventDetail, EventRow } from '../../server/shapes.ts'
import { ReplayEvent } from '../dead/replay-event.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { EventButtons } from '../parts/event-buttons.tsx'
import { isDoomed } from '../parts/is-doomed.ts'
import { dlqCommand } from '../parts/shell.ts'
import { setup } from '../state/setup.ts'
import { RetryWaiting } from './retry-waiting.tsx'

/** What can be done with one event. */
export function EventActions({ detail, row }: { detail: EventDetail; row: EventRow }) {
  const { event, preview } = detail
  return (
    <div class="bar">
      {row.state === 'dead' && setup().may.replay && (
        <ReplayEvent eventId={row.eventId} isDoomed={isDoomed(preview)} />
      )}
      {row.state === 'retrying' && setup().may.retry && <RetryWaiting person={row.person ?? ''} />}
      <EventButtons event={event} preview={preview} source={{ event: row.key }} />
      {row.state === 'dead' && (
        <CopyButton label="Copy dlq command" text={() => dlqCommand('show', row.eventId)} />
      )}
      <CopyButton label="Copy messageId" text={() => row.eventId} />
    </div>
  )
}
