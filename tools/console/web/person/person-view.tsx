import { EventRows } from '../flow/event-rows.tsx'
import { Search } from '../parts/search.tsx'
import { refine, route } from '../state/route.ts'
import { rows } from '../state/rows.ts'
import { setup } from '../state/setup.ts'
import { groupEvents } from './group-events.ts'
import { OtherPeople } from './other-people.tsx'
import { PersonLetters } from './person-letters.tsx'
import { PersonRecord } from './person-record.tsx'
import { tally } from './tally.ts'
import { usePerson } from './use-person.ts'

/** The view "Person": the record, the events and the dead letters of one user id. */
export function PersonView() {
  const { id = '', group: known = '', open = '' } = route.value.params
  const person = usePerson(id, known)
  const { state, error, isKnown } = person
  const group = state?.group ?? known
  const events = groupEvents(rows.values(), group)
  const isLocal = setup().place === 'local'
  return (
    <>
      <div class="bar">
        <Search
          label={isLocal ? 'User id or e-mail' : 'User id'}
          value={id}
          placeholder={`userId or anonymousId of RudderStack${isLocal ? ', or an e-mail' : ''}`}
          onInput={text => refine({ id: text, group: '', open: '' })}
        />
      </div>
      {error !== undefined && <article class="notice bad">{error}</article>}
      {id + known === '' && (
        <article class="notice">
          Type {isLocal ? 'a user id or an e-mail' : 'a user id'} to see what the relay knows about this
          person.
        </article>
      )}
      {id + known !== '' && <OtherPeople person={person} />}
      {state && isKnown && (
        <>
          <PersonRecord state={state} />
          <PersonLetters letters={person.letters} />
          <section aria-label="Events">
            <h2>
              Events <small>{tally(events)}</small>
            </h2>
            <EventRows rows={events} open={open} />
          </section>
        </>
      )}
    </>
  )
}
