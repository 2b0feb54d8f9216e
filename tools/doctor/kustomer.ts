import { type Endpoint, endpoints } from '../../lib/kustomer/endpoints.ts'
import { createTransport, type Reply } from '../../lib/kustomer/transport.ts'
import { http } from '../../lib/policy.ts'
import type { Finding } from './finding.ts'

/** The roles that Kustomer's key must have for the relay (developer.kustomer.com, API keys, read 2026-11). */
const neededRoles = ['customer.create', 'customer.read', 'customer.update', 'tracking'].map(role =>
  role === 'tracking' ? 'org.tracking' : `org.permission.${role}`,
)

/** Checks the key with one request to the Kustomer host that the relay calls: the user of the key. It needs no role. */
export async function examineKey(base: string, key: string): Promise<Finding> {
  const name = 'Kustomer answers with the key'
  const reply = await ask(endpoints(base).currentUser(), key)
  if (reply.kind === 'none') return { name, state: 'fault', message: `${base}: ${reply.why}` }
  const { status } = reply
  if (status === 200) return rolesIn(reply.body, base)
  return { name, state: 'fault', message: `${base} answered ${status}${hintFor(reply)}` }
}

/** Whether Kustomer has a customer with this external id. */
export async function isKnownToKustomer(base: string, key: string, externalId: string): Promise<boolean> {
  const reply = await ask(endpoints(base).findCustomer({ role: 'user', value: externalId }), key)
  return reply.kind === 'answer' && reply.status === 200
}

async function ask(endpoint: Endpoint, key: string): Promise<Reply> {
  const transport = createTransport(http.maxAnswerBytes)
  try {
    return await transport.send(endpoint, key, undefined, http.timeoutMs[endpoint.kind])
  } finally {
    transport.close()
  }
}

/** Returns advice for an error status. A key works only in its own region; Kustomer's answer names both regions. */
function hintFor({ status, body }: Reply & { kind: 'answer' }): string {
  const pods = JSON.stringify(body ?? '').match(/\bp(?:ro)?d\d{1,2}\b/g) ?? []
  if (pods[0] && pods[1])
    return `: the key belongs to ${pods[0]}, the host to ${pods[1]}; change baseEndpoint`
  if (status === 401)
    return ': the key is wrong or belongs to another region (EU: api.prod2, India: api.prod4)'
  if (status === 402) return ': billing'
  if (status === 403) return ': the key lacks a role'
  return status >= 300 && status < 400
    ? ': the host redirects; set baseEndpoint to the host in its answer'
    : ''
}

/** Checks the roles of the key, if Kustomer's answer lists them. */
function rolesIn(body: unknown, base: string): Finding {
  const name = 'Kustomer answers with the key'
  const roles = (body as { data?: { attributes?: { roles?: unknown } } } | undefined)?.data?.attributes?.roles
  const known = Array.isArray(roles) ? roles.map(String) : []
  const isAll = known.length === 0 || known.some(role => role === 'org' || role === 'org.permission')
  const missing = isAll ? [] : neededRoles.filter(role => !known.includes(role))
  if (missing.length > 0)
    return { name, state: 'fault', message: `${base}: roles are missing: ${missing.join(', ')}` }
  const of = known.length > 0 ? 'with the roles it needs' : 'its roles are unknown'
  return { name, state: 'fine', message: `${base}, ${of}` }
}
