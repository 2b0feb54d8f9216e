import type { StoredCustomer } from '../../../kustomer-stand-in/types.ts'
import { clock, count } from '../parts/format.ts'
import { JsonView } from '../parts/json-view.tsx'
import { useOpenRow } from '../parts/use-open-row.ts'
import { hrefTo } from '../state/route.ts'
import { addressesOf } from './addresses-of.ts'

/** A customer of the stand-in: addresses, the timeline (newest first), and all attributes. A link can open it. */
export function CustomerCard({ customer, isOpen }: { customer: StoredCustomer; isOpen: boolean }) {
  const summary = useOpenRow<HTMLElement>(isOpen)
  const { id, attributes, events } = customer
  const { name, externalId } = attributes
  const filled = Object.fromEntries(Object.entries(attributes).filter(([, value]) => !isBlank(value)))
  const title = String([name, externalId].find(text => typeof text === 'string' && text !== '') ?? id)
  const side = typeof name === 'string' && typeof externalId === 'string' ? `${externalId} · ` : ''
  return (
    <article>
      <details class="customer" open={isOpen}>
        <summary ref={summary}>
          <b>{title}</b>{' '}
          <small>
            {side}
            {count(events.length, 'event')}
          </small>
        </summary>
        <p>
          {addressesOf(attributes).join(', ') || 'no e-mail or phone number'}
          {typeof externalId === 'string' && (
            <>
              {' · '}
              <a href={hrefTo('person', { id: externalId })}>What the relay knows about this person</a>
            </>
          )}
        </p>
        {events.length > 0 && (
          <table>
            <tbody>
              {events.toReversed().map(({ at, event }, i) => (
                <tr key={events.length - i}>
                  <td>
                    <time>{clock(at)}</time>
                  </td>
                  <td>
                    <strong>{String(event.name)}</strong>{' '}
                    <code>{event.meta === undefined ? '' : JSON.stringify(event.meta)}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <details>
          <summary>All attributes</summary>
          <JsonView value={filled} label={`Attributes of ${title}`} />
        </details>
      </details>
    </article>
  )
}

/** Kustomer's answers contain every attribute. The card leaves out empty ones. */
function isBlank(value: unknown) {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}
