import { endpoints } from '../../lib/kustomer/endpoints.ts'
import type { Reply } from '../../lib/kustomer/transport.ts'
import { ask, type KustomerAccess } from './ask-kustomer.ts'
import type { Finding } from './finding.ts'

/** Seconds by which two clocks may differ: a signature's time may differ by five minutes. */
const maxSkewSeconds = 60

/**
 * Checks the key with one request for its own user, which needs no role: whether Kustomer accepts it, the told rate limit
 * against the configured one (requests per minute), and the clock of this machine.
 */
export async function examineKey(
  { base, key }: KustomerAccess,
  configuredLimit: number | undefined,
  nowMs = Date.now(),
): Promise<Finding[]> {
  const name = 'Kustomer answers with the key'
  const reply = await ask(endpoints(base).currentUser(), key)
  if (reply.kind === 'none') return [{ name, state: 'fault', message: `${base}: ${reply.why}` }]
  const { status, headers } = reply
  const answered: Finding =
    status === 200
      ? { name, state: 'fine', message: base }
      : { name, state: 'fault', message: `${base} answered ${status}${hintFor(reply)}` }
  return [
    answered,
    limitFinding(headers['x-ratelimit-limit'], configuredLimit),
    clockFinding(headers.date, nowMs),
  ]
}

/** Whether Kustomer has a customer with this external id, and its id. */
export async function customerIdOf(
  { base, key }: KustomerAccess,
  externalId: string,
): Promise<string | undefined> {
  const reply = await ask(endpoints(base).findCustomer({ role: 'user', value: externalId }), key)
  if (reply.kind !== 'answer' || reply.status !== 200) return undefined
  const { id } = (reply.body as { data?: { id?: unknown } } | undefined)?.data ?? {}
  return typeof id === 'string' ? id : ''
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

function limitFinding(told: unknown, configured: number | undefined): Finding {
  const name = 'The rate limit is the configured one'
  const limit = Number(told)
  if (!(limit > 0)) return { name, state: 'unknown', message: 'Kustomer did not tell its limit' }
  if (configured === undefined)
    return { name, state: 'unknown', message: `Kustomer allows ${limit} requests a minute` }
  if (limit === configured) return { name, state: 'fine', message: `${limit} requests a minute` }
  const advice = limit < configured ? 'the relay goes by the lower one' : 'the relay could be faster'
  return {
    name,
    state: limit < configured ? 'fault' : 'fine',
    message: `Kustomer allows ${limit} requests a minute, ${configured} are configured: ${advice}; set rate.requestsPerMinute`,
  }
}

function clockFinding(date: unknown, nowMs: number): Finding {
  const name = 'The clock of this machine is right'
  const ms = typeof date === 'string' ? Date.parse(date) : Number.NaN
  if (Number.isNaN(ms)) return { name, state: 'unknown', message: 'Kustomer did not tell the time' }
  const seconds = Math.round(Math.abs(nowMs - ms) / 1000)
  return {
    name,
    state: seconds > maxSkewSeconds ? 'fault' : 'fine',
    message: seconds > maxSkewSeconds ? `it differs by ${seconds} s from Kustomer's: correct it` : 'yes',
  }
}
