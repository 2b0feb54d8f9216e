import { objectOf } from './person.ts'
import { identityAnswer, type StandInResponse } from './responses.ts'
import type { Store } from './store.ts'
import type { Attributes, StoredCustomer } from './types.ts'

/**
 * Records an event on a customer. An unknown person becomes a new customer.
 * A known customer without an external id, for example one found by e-mail, gets the external id of the identity.
 * Each call stores one more event: Kustomer has no idempotency key. `body` is already validated.
 */
export function recordEvent(
  body: Attributes,
  known: StoredCustomer | undefined,
  store: Store,
): StandInResponse {
  const identity = objectOf(body.identity)
  const event = objectOf(body.event)
  const customer = known ?? created(identity, store)
  if (customer.attributes.externalId === undefined && identity.externalId !== undefined) {
    store.write(customer, { externalId: identity.externalId })
  }
  store.record(customer, identity, event)
  const id = store.nextId()
  const status = known === undefined ? 'created' : 'updated'
  const attributes = { trackingId: event.trackingId ?? identity.trackingId ?? id, status }
  return { ...identityAnswer(id, attributes, customer.id), applied: true }
}

function created(identity: Attributes, store: Store): StoredCustomer {
  const { email, phone, location, trackingId: _, sessionId: __, ...rest } = identity
  const body: Attributes = {
    ...rest,
    ...(email === undefined ? {} : { emails: [{ email }] }),
    ...(location === undefined ? {} : { locations: [location] }),
  }
  const whole = store.write(undefined, phone === undefined ? body : { ...body, phones: [{ phone }] })
  // No customer has this external id or e-mail, otherwise it would be `known`. Only the phone can belong to another.
  const result = 'customer' in whole ? whole : store.write(undefined, body)
  if ('contested' in result) throw new Error(`Another customer has ${result.contested}`)
  return result.customer
}
