import type { KustomerState } from '../../server/kustomer-shapes.ts'
import { clock, count } from '../parts/format.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { now } from '../state/feed.ts'
import { setup } from '../state/setup.ts'
import { CustomerCard } from './customer-card.tsx'
import { Faults, faultVersion } from './faults.tsx'

/** The view "Kustomer": failures to simulate, the customers of the stand-in, and its latest requests. */
export function KustomerView() {
  const version = `${now.value?.counts.calls} ${faultVersion.value}`
  const { value, error } = useAnswer<KustomerState>(
    setup().faults.length > 0 ? '/local/kustomer' : '',
    version,
  )
  if (setup().faults.length === 0)
    return (
      <p class="notice quiet">
        This relay calls the Kustomer API at KUSTOMER_BASE_URL, so there is no stand-in to show.
      </p>
    )
  return (
    <>
      <Faults />
      {error !== undefined && <p class="notice bad">{error}</p>}
      {value && <State state={value} />}
    </>
  )
}

function State({ state: { active, customers, requests } }: { state: KustomerState }) {
  return (
    <>
      {active.length > 0 && (
        <p class="notice bad">
          Active: {active.map(({ label, howLong }) => `${label} ${howLong}`).join(', ')}
        </p>
      )}
      <div class="sides">
        <section aria-label="Customers">
          <h2>
            Customers <span class="what">{count(customers.length, 'customer')}</span>
          </h2>
          <div class="customers">
            {customers.map(customer => (
              <CustomerCard key={customer.id} customer={customer} />
            ))}
          </div>
        </section>
        <section aria-label="Latest requests">
          <h2>Latest requests</h2>
          <ol class="asked">
            {requests.map(({ at, method, path, status, applied }) => (
              <li key={`${at} ${method} ${path}`}>
                <time>{clock(at)}</time>
                <b class={`method ${method}`}>{method}</b>
                <code>{path}</code>
                <span class={status >= 200 && status < 300 ? 'good' : status === 404 ? 'warn' : 'bad'}>
                  {status === 0 ? `dropped${applied ? ', stored' : ''}` : status}
                </span>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </>
  )
}
