import { isDeepStrictEqual } from 'node:util'
import { type Endpoint, endpoints } from '../../lib/kustomer/endpoints.ts'

/** A role that the key needs, and a request that shows it and changes nothing: its body is not valid. */
export interface Probe {
  role: string
  endpoint: Endpoint
  body?: object
}

/** A body that Kustomer refuses before it writes anything: `emails` must be a list. */
const invalid = { emails: 'not a list' }
/** An id of the right form that no customer has. */
const nobody = '000000000000000000000000'

/** Returns the probes of the roles at a host. The roles are in developer.kustomer.com, API keys (read 2026-11). */
export function probesOf(base: string): Probe[] {
  const at = endpoints(base)
  return [
    {
      role: 'org.permission.customer.read',
      endpoint: at.findCustomer({ role: 'user', value: 'kustomer-relay-doctor' }),
    },
    { role: 'org.permission.customer.create', endpoint: at.createCustomer(), body: invalid },
    { role: 'org.permission.customer.update', endpoint: at.updateCustomer(nobody), body: invalid },
    { role: 'org.tracking', endpoint: at.recordEvent(), body: {} },
  ]
}

/** Whether a request that Kustomer got is one of the doctor's. `path` has no host. */
export function isProbe(request: { method: string; path: string; body?: unknown }): boolean {
  const at = 'https://kustomer.invalid'
  const all = [{ endpoint: endpoints(at).currentUser(), body: undefined }, ...probesOf(at)]
  return all.some(
    ({ endpoint, body }) =>
      endpoint.method === request.method &&
      endpoint.url === `${at}${request.path}` &&
      isDeepStrictEqual(body, request.body),
  )
}
