import type { PersonState } from '../../server/person-shapes.ts'
import { recordLines } from './record-lines.ts'

/** What the relay remembers about a person: hashes, Kustomer's ids and times. */
export function PersonRecord({ state: { record, group } }: { state: PersonState }) {
  return (
    <section aria-label="Record">
      <h2>What the relay remembers</h2>
      {record ? (
        <table>
          <tbody>
            {recordLines(record).map(({ name, text, what, href }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  {href === undefined ? text : <a href={href}>{text}</a>} <small>{what}</small>
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">Message group</th>
              <td>
                <code>{group}</code>{' '}
                <small>a hash of the user id: the person’s name in the queue and in logs</small>
              </td>
            </tr>
          </tbody>
        </table>
      ) : (
        <article class="notice">Nothing is remembered about this person.</article>
      )}
    </section>
  )
}
