import type { EventDetail, EventRow } from '../../server/shapes.ts'
import { RetryNow } from '../dead/retry-now.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { curlOf } from '../parts/curl.ts'
import { hrefTo } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { RetryWaiting } from './retry-waiting.tsx'

/** What can be done with one event. */
export function EventActions({ detail, row }: { detail: EventDetail; row: EventRow }) {
  const { event, preview } = detail
  const json = (value: unknown) => () => JSON.stringify(value, null, 2)
  return (
    <div class="bar actions">
      {row.state === 'dead' && setup().may.replay && <RetryNow eventId={row.eventId} />}
      {row.state === 'retrying' && setup().may.retry && <RetryWaiting person={row.person ?? ''} />}
      {event !== undefined && (
        <>
          <a class="button" href={hrefTo('try', { event: row.key })}>
            Open in Try
          </a>
          <CopyButton label="Copy event" text={json(event)} />
          <CopyButton label="Copy curl" text={() => curlOf(event)} />
        </>
      )}
      {preview?.kind === 'call' && <CopyButton label="Copy call" text={json(preview.body)} />}
      {row.state === 'dead' && (
        <CopyButton
          label="Copy dlq command"
          text={() => `npx relay dlq show ${row.eventId} ${setup().target}`}
        />
      )}
      <CopyButton label="Copy messageId" text={() => row.eventId} />
    </div>
  )
}
