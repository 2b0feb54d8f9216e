import type { Reply } from '../../lib/kustomer/transport.ts'
import type { Subject } from './subject.ts'

/**
 * Says what an error status of Kustomer means, and what to do. A key works only in its own region; Kustomer's answer names
 * both regions.
 */
export function whyRefused(
  { status, body }: Pick<Reply & { kind: 'answer' }, 'status' | 'body'>,
  { isKustomerSimulated, stack }: Pick<Subject, 'isKustomerSimulated' | 'stack'>,
): { why: string; toDo: string } {
  const [key, host] = stack ? ['the secret', 'baseEndpoint'] : ['KUSTOMER_API_KEY', 'KUSTOMER_BASE_URL']
  const pods = JSON.stringify(body ?? '').match(/\bp(?:ro)?d\d{1,2}\b/g) ?? []
  if (pods[0] && pods[1])
    return {
      why: `the key belongs to ${pods[0]}, the host to ${pods[1]}`,
      toDo: `Set ${host} to the host of the key's region.`,
    }
  if (isKustomerSimulated && status >= 400)
    return {
      why: status === 401 ? 'the key is wrong' : 'a failure is simulated',
      toDo:
        status === 401
          ? 'Press "All well again" in the view Kustomer (simulated), or use the KUSTOMER_API_KEY of npm start.'
          : 'Press "All well again" in the view Kustomer (simulated).',
    }
  if (status === 401)
    return {
      why: 'the key is wrong, or belongs to another region',
      toDo: `Put the right key into ${key}, or set ${host} to the host of its region (EU: api.prod2, India: api.prod4).`,
    }
  if (status === 402) return { why: 'billing', toDo: 'Ask Kustomer about the account.' }
  if (status === 403) return { why: 'the key lacks a role', toDo: 'Give the key its roles in Kustomer.' }
  return status >= 300 && status < 400
    ? { why: 'the host redirects', toDo: `Set ${host} to the host in its answer.` }
    : { why: '', toDo: 'Run the doctor again when Kustomer answers.' }
}
