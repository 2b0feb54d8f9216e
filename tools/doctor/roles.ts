import { type Endpoint, endpoints } from '../../lib/kustomer/endpoints.ts'
import { ask, type KustomerAccess } from './ask-kustomer.ts'
import type { Finding } from './finding.ts'

/** A role that the key needs, and a request that shows it and changes nothing: its body is not valid. */
interface Probe {
  role: string
  endpoint: Endpoint
  body?: object
}

/** A body that Kustomer refuses before it writes anything: `emails` must be a list. */
const invalid = { emails: 'not a list' }
/** An id of the right form that no customer has. */
const nobody = '000000000000000000000000'

/** The roles are in developer.kustomer.com, API keys (read 2026-11). */
function probesOf(base: string): Probe[] {
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

/**
 * Checks that the key has each role that the relay needs, with one request for each. 403 means that it lacks the role;
 * any other answer comes after the check of the role.
 */
export async function examineRoles({ base, key }: KustomerAccess): Promise<Finding> {
  const name = 'The key has its roles'
  const seen: string[] = []
  const missing: string[] = []
  for (const { role, endpoint, body } of probesOf(base)) {
    const reply = await ask(endpoint, key, body)
    const status = reply.kind === 'answer' ? reply.status : undefined
    const shown = `${role} (${endpoint.method} ${endpoint.template}: ${status ?? 'no answer'})`
    if (status === 403) missing.push(shown)
    else if (status === undefined || status === 401 || status === 429 || status >= 500)
      return { name, state: 'unknown', message: `could not be seen: ${shown}` }
    else seen.push(shown)
  }
  return missing.length > 0
    ? { name, state: 'fault', message: `roles are missing: ${missing.join(', ')}` }
    : { name, state: 'fine', message: seen.join(', ') }
}
