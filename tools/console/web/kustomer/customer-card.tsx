import type { StoredCustomer } from '../../../kustomer-stand-in/types.ts'
import { clock, count } from '../parts/format.ts'
import { JsonView } from '../parts/json-view.tsx'

/** A customer of the stand-in: attributes and timeline, newest first. */
export function CustomerCard({ customer }: { customer: StoredCustomer }) {
  const { id, attributes, events } = customer
  const { name, externalId } = attributes
  const filled = Object.fromEntries(Object.entries(attributes).filter(([, value]) => !isBlank(value)))
  const title = String([name, externalId].find(text => typeof text === 'string' && text !== '') ?? id)
  const side = typeof name === 'string' && typeof externalId === 'string' ? `${externalId} · ` : ''
  return (
    <details class="customer">
      <summary>
        <b>{title}</b>
        <span class="what">
          {side}
          {count(events.length, 'event')}
        </span>
      </summary>
      <JsonView value={filled} label={`Attributes of ${title}`} />
      {events.length > 0 && (
        <ol class="timeline">
          {events.toReversed().map(({ at, event }, i) => (
            <li key={events.length - i}>
              <time>{clock(at)}</time>
              <b>{String(event.name)}</b>
              <code>{event.meta === undefined ? '' : JSON.stringify(event.meta)}</code>
            </li>
          ))}
        </ol>
      )}
    </details>
  )
}

/** Kustomer's answers contain every attribute. The card leaves out empty ones. */
function isBlank(value: unknown) {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}
