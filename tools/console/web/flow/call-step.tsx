import type { EventDetail } from '../../server/shapes.ts'
import { pathOf } from '../parts/format.ts'
import { JsonView } from '../parts/json-view.tsx'

/** The cells of a request to Kustomer in an event's story: its path and answer, and both bodies where they are kept. */
export function CallStep({ call }: { call: EventDetail['calls'][number] }) {
  const { method, url, status, error, ms, sent, received } = call
  const answer = `${status ?? error ?? 'no answer'} · ${Math.round(ms)} ms`
  const line = (
    <>
      <code>
        {method} {pathOf(url)}
      </code>{' '}
      <small class={status !== undefined && status < 300 ? 'good' : status === 404 ? 'warn' : 'bad'}>
        {answer}
      </small>
    </>
  )
  return (
    <>
      <td>
        <b>call</b>
      </td>
      <td>
        {sent === undefined && received === undefined ? (
          line
        ) : (
          <details>
            <summary>{line}</summary>
            {sent !== undefined && <JsonView value={sent} label="Request body" />}
            {received !== undefined && <JsonView value={received} label="Response body" />}
          </details>
        )}
      </td>
    </>
  )
}
