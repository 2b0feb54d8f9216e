import type { PersonState, PersonRecord as Record } from '../../server/person-shapes.ts'
import { clock, count } from '../parts/format.ts'

/** What the relay remembers about a person: hashes, Kustomer's ids and times. */
export function PersonRecord({ state: { record, group } }: { state: PersonState }) {
  return (
    <section aria-label="Record">
      <h2>What the relay remembers</h2>
      {record ? (
        <dl class="record">
          {linesOf(record).map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
          <div>
            <dt>Message group</dt>
            <dd>
              <code>{group}</code>
            </dd>
          </div>
        </dl>
      ) : (
        <p class="notice quiet">Nothing is remembered about this person.</p>
      )}
    </section>
  )
}

function linesOf(record: Record): [name: string, text: string][] {
  const { customerId, role, addresses, refused, identify, newestIdentifyMs, delivered, waiting } = record
  const failed = Object.entries(waiting?.counts ?? {}).map(([name, times]) => `${times} × ${name}`)
  const latest = delivered[0] ? `, the latest ${clock(delivered[0].atMs)}` : ''
  const lines: [string, string | undefined][] = [
    ['Kustomer id', customerId],
    ['Role', role],
    ['Addresses', `${addresses} seen, ${refused} refused`],
    ['Last identify sent', identify && clock(identify.deliveredAtMs)],
    ['Newest identify', newestIdentifyMs === undefined ? undefined : clock(newestIdentifyMs)],
    ['Delivered', `${count(delivered.length, 'event')} remembered${latest}`],
    [
      'Waiting',
      waiting && `since ${clock(waiting.firstAttemptMs)}: ${failed.join(', ') || 'no failed attempt'}`,
    ],
    ['Expires', record.expiresAtMs === undefined ? undefined : clock(record.expiresAtMs)],
  ]
  return lines.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as [string, string]]))
}
