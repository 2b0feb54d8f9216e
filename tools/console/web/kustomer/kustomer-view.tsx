import { useRef } from 'preact/hooks'
import type { KustomerState } from '../../server/kustomer-shapes.ts'
import { count } from '../parts/format.ts'
import { type Answer, useAnswer } from '../parts/use-answer.ts'
import { now } from '../state/feed.ts'
import { route } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { CustomerCard } from './customer-card.tsx'
import { Faults, faultVersion } from './faults.tsx'
import { RequestRow } from './request-row.tsx'

/** The view "Kustomer": failures to simulate, the customers of the stand-in, and its latest requests. */
export function KustomerView() {
  const { isSimulated, url } = setup().kustomer
  const { open = '' } = route.value.params
  const { value, error } = useStandIn(isSimulated, open)
  if (!isSimulated)
    return (
      <article class="notice">
        This relay sends to the Kustomer at {url}. Nothing is simulated, and the console cannot look into it:
        see customers and timelines in Kustomer itself.
      </article>
    )
  return (
    <>
      <article class="notice">
        This is a simulated Kustomer on this machine. The relay sends to it, and nothing here reaches a real
        Kustomer.
      </article>
      <Faults active={value?.active ?? []} />
      {error !== undefined && <article class="notice bad">{error}</article>}
      {value && <State state={value} open={open} />}
    </>
  )
}

/** The state of the stand-in, again after each call. While a failure is active, its end can come at any time. */
function useStandIn(isSimulated: boolean, open: string): Answer<KustomerState> {
  const hasFailure = useRef(false)
  const calls = now.value?.counts.calls
  const version = `${calls} ${faultVersion.value} ${hasFailure.current ? Math.floor(Date.now() / 1_000) : ''}`
  const answer = useAnswer<KustomerState>(
    isSimulated ? `/local/kustomer?id=${encodeURIComponent(open)}` : '',
    version,
  )
  hasFailure.current = (answer.value?.active.length ?? 0) > 0
  return answer
}

function State({ state: { active, customers, requests }, open }: { state: KustomerState; open: string }) {
  return (
    <>
      {active.length > 0 && (
        <article class="notice bad">
          Active: {active.map(({ label, howLong }) => `${label} ${howLong}`).join(', ')}
        </article>
      )}
      <div class="grid">
        <section aria-label="Customers">
          <h2>
            Customers <small>{count(customers.length, 'customer')}</small>
          </h2>

          {customers.map(customer => (
            <CustomerCard key={customer.id} customer={customer} isOpen={customer.id === open} />
          ))}
        </section>
        <section aria-label="Latest requests">
          <h2>Latest requests</h2>
          <table>
            <tbody>
              {requests.map(request => (
                <RequestRow key={`${request.at} ${request.method} ${request.path}`} request={request} />
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </>
  )
}
