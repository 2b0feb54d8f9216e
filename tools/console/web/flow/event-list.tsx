import { useState } from 'preact/hooks'
import { count } from '../parts/format.ts'
import { Search } from '../parts/search.tsx'
import { Select } from '../parts/select.tsx'
import { stateNames } from '../parts/state-label.tsx'
import { hrefTo, refine, route } from '../state/route.ts'
import { rows, rowsVersion } from '../state/rows.ts'
import { setup } from '../state/setup.ts'
import { EventRows } from './event-rows.tsx'
import { matchingRows } from './matching.ts'
import { useFound } from './use-found.ts'

/** Rows that are shown at once. More of them would make the page slow. */
const pageSize = 100

const types = [['', 'all'], 'identify', 'track', 'page', 'screen'] as const
const states = [
  ['', 'all'],
  ...['queued', 'retrying', 'delivered', 'skipped', 'dead', 'refused', 'ignored'].map(
    state => [state, stateNames[state] ?? state] as const,
  ),
] as const

/** The latest events, at most 5,000, with a search and a filter. The address holds all three and the open row. */
export function EventList() {
  const [shown, setShown] = useState(pageSize)
  const { q = '', type = '', state = '', open = '' } = route.value.params
  // Bodies are searched too, so each new event may be meant.
  const isByEvents = setup().place === 'local'
  const version = rowsVersion.value
  const { found: meant, isSearching } = useFound(q, isByEvents ? version : 0)
  const found = matchingRows(rows.values(), route.value.params, meant)
  const opened = rows.get(open)
  const visible = found.slice(0, shown)
  const isNowhere = setup().place === 'stack' && q !== '' && found.length === 0 && !isSearching
  const isElsewhere = opened !== undefined && !visible.includes(opened)
  return (
    <section aria-label="Events">
      <div class="bar">
        <Search
          label="Search"
          value={q}
          placeholder={
            setup().place === 'local'
              ? 'user id, e-mail, messageId or any text'
              : 'user id, event name or messageId'
          }
          onInput={text => refine({ q: text, open: '' })}
        />
        <Select label="Type" value={type} options={[...types]} onChange={value => refine({ type: value })} />
        <Select
          label="State"
          value={state}
          options={[...states]}
          onChange={value => refine({ state: value })}
        />
        <small role="status" aria-busy={isSearching}>
          {isSearching ? 'searching …' : totalText(found.length)}
        </small>
      </div>
      {isNowhere && (
        <p>
          The log of a stack has no bodies: search for a user id or a messageId. A text of an event is found
          only in its dead letter: <a href={hrefTo('dead', { q })}>search the dead letters</a>
        </p>
      )}
      {isElsewhere && <small>The open event is shown though the search or filter leaves it out.</small>}
      <EventRows rows={isElsewhere ? [opened, ...visible] : visible} open={open} />
      {open !== '' && !opened && (
        <article class="notice">The event {open} is not among the latest events.</article>
      )}
      {found.length > shown && (
        <button type="button" class="secondary outline" onClick={() => setShown(shown + pageSize)}>
          Show {Math.min(pageSize, found.length - shown)} more
        </button>
      )}
    </section>
  )
}

function totalText(found: number): string {
  const { place } = setup()
  if (rows.size > 0)
    return `${count(found, 'event')} of the ${place === 'local' ? 'last ' : ''}${rows.size.toLocaleString('en')}${place === 'local' ? '' : ' found so far'}`
  return place === 'local'
    ? 'No event yet: send one from Try, or run npm run demo.'
    : 'Search for a user id or a messageId to read its events from the logs.'
}
