import { ask, type KustomerAccess } from './ask-kustomer.ts'
import { type Finding, findingAbout } from './finding.ts'
import { probesOf } from './probes.ts'

const roles = findingAbout('roles')

/**
 * Checks that the key has each role that the relay needs, with one request for each. 403 means that it lacks the role;
 * any other answer comes after the check of the role.
 */
export async function examineRoles({ base, key }: KustomerAccess): Promise<Finding> {
  const seen: string[] = []
  const missing: string[] = []
  for (const { role, endpoint, body } of probesOf(base)) {
    const reply = await ask(endpoint, key, body)
    const status = reply.kind === 'answer' ? reply.status : undefined
    if (status === 403) missing.push(role)
    else if (status === undefined || status === 401 || status === 429 || status >= 500)
      return roles.unknown(
        `${role} could not be checked, since Kustomer ${status ? `answered ${status}` : 'did not answer'} to ${endpoint.method} ${endpoint.template}`,
        'Run the doctor again when Kustomer answers and accepts the key.',
      )
    else seen.push(role)
  }
  return missing.length > 0
    ? roles.fault(
        `the key lacks ${missing.join(', ')}`,
        'Give the API key these roles in Kustomer, or create a key that has them.',
      )
    : roles.fine(`the key has all that the relay needs (${seen.join(', ')})`)
}
