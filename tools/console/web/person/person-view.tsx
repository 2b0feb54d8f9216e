import type { PersonState } from '../../server/person-shapes.ts'
import { EventRows } from '../flow/event-rows.tsx'
import { useFound } from '../flow/use-found.ts'
import { count } from '../parts/format.ts'
import { Search } from '../parts/search.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { refine, route } from '../state/route.ts'
import { rows, rowsVersion } from '../state/rows.ts'
import { groupEvents } from './group-events.ts'
import { PersonLetters } from './person-letters.tsx'
import { PersonRecord } from './person-record.tsx'

/** The view "Person": the record, the events and the dead letters of one user id. */
export function PersonView() {
  const { id = '', group: known = '', open = '' } = route.value.params
  const version = rowsVersion.value
  const path = id !== '' ? `externalId=${encodeURIComponent(id)}` : known !== '' ? `group=${known}` : ''
  const { value, error } = useAnswer<PersonState>(path && `/local/person?${path}`, version)
  useFound(id || known, 0)
  const group = value?.group ?? known
  const events = groupEvents(rows.values(), group)
  return (
    <>
      <div class="bar">
        <Search
          label="User id"
          value={id}
          placeholder="the userId or anonymousId of RudderStack"
          onInput={text => refine({ id: text, group: '', open: '' })}
        />
      </div>
      {error !== undefined && <p class="notice bad">{error}</p>}
      {path === '' && (
        <p class="notice quiet">Type a user id to see what the relay knows about this person.</p>
      )}
      {path !== '' && value && (
        <>
          <PersonRecord state={value} />
          <PersonLetters group={group} />
          <section aria-label="Events">
            <h2>
              Events <span class="what">{count(events.length, 'event')} of the latest</span>
            </h2>
            <EventRows rows={events} open={open} />
          </section>
        </>
      )}
    </>
  )
}
