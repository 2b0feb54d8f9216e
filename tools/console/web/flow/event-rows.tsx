import type { EventRow } from '../../server/shapes.ts'
import { clock, count, seconds } from '../parts/format.ts'
import { StateLabel } from '../parts/state-label.tsx'
import { useOpenRow } from '../parts/use-open-row.ts'
import { refine } from '../state/route.ts'
import { EventDetails } from './event-details.tsx'

/** Rows of events. One of them may be open; its key is in the address. */
export function EventRows({ rows, open }: { rows: EventRow[]; open: string }) {
  if (rows.length === 0) return null
  return (
    <ol class="rows">
      {rows.map(row => (
        <li key={row.key}>
          <Row row={row} isOpen={row.key === open} />
        </li>
      ))}
    </ol>
  )
}

function Row({ row, isOpen }: { row: EventRow; isOpen: boolean }) {
  const { key, at, state, event, eventId, attempts, calls, ageSeconds, person = '', userId } = row
  const button = useOpenRow(isOpen)
  const took = ageSeconds !== undefined && state !== 'retrying' ? seconds(ageSeconds) : ''
  const work = attempts > 0 ? `${count(attempts, 'attempt')}, ${count(calls, 'call')}` : ''
  return (
    <>
      <button
        ref={button}
        type="button"
        class="row"
        aria-expanded={isOpen}
        onClick={() => refine({ open: isOpen ? '' : key }, true)}
      >
        <time>{clock(at)}</time>
        <StateLabel state={state} />
        <b title={eventId}>{event}</b>
        <code title={person}>{userId ?? person.slice(0, 8)}</code>
        <small>{work}</small>
        <small>{took}</small>
      </button>
      {isOpen && <EventDetails row={row} />}
    </>
  )
}
