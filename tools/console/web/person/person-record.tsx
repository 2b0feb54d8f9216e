import type { PersonState } from '../../server/person-shapes.ts'
import { recordLines } from './record-lines.ts'

/** What the relay remembers about a person: hashes, Kustomer's ids and times. */
export function PersonRecord({ state: { record, group } }: { state: PersonState }) {
  return (
    <section aria-label="Record">
      <h2>What the relay remembers</h2>
      {record ? (
        <dl class="record">
          {recordLines(record).map(({ name, text, what, href }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {href === undefined ? text : <a href={href}>{text}</a>} <span class="what">{what}</span>
              </dd>
            </div>
          ))}
          <div>
            <dt>Message group</dt>
            <dd>
              <code>{group}</code>{' '}
              <span class="what">a hash of the user id: the person’s name in the queue and in logs</span>
            </dd>
          </div>
        </dl>
      ) : (
        <p class="notice quiet">Nothing is remembered about this person.</p>
      )}
    </section>
  )
}
