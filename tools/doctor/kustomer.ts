import { endpoints } from '../../lib/kustomer/endpoints.ts'
import type { Reply } from '../../lib/kustomer/transport.ts'
import { ask, type KustomerAccess } from './ask-kustomer.ts'
import { type Finding, findingAbout } from './finding.ts'
import type { Subject } from './subject.ts'

/** Seconds by which two clocks may differ: a signature's time may differ by five minutes. */
const maxSkewSeconds = 60

const [kustomer, rateLimit, clock] = [
  findingAbout('kustomer'),
  findingAbout('rate-limit'),
  findingAbout('clock'),
]

/**
 * Checks the key with one request for its own user, which needs no role: whether Kustomer accepts it, the told rate limit
 * against the configured one (requests per minute), and the clock of this machine.
 */
export async function examineKey(
  { base, key }: KustomerAccess,
  { requestsPerMinute, isKustomerSimulated }: Pick<Subject, 'requestsPerMinute' | 'isKustomerSimulated'>,
  nowMs = Date.now(),
): Promise<Finding[]> {
  const reply = await ask(endpoints(base).currentUser(), key)
  if (reply.kind === 'none')
    return [kustomer.fault(`${base} does not answer (${reply.why})`, 'Run the doctor again when it answers.')]
  const { status, headers } = reply
  const host = isKustomerSimulated ? `the simulated Kustomer at ${base}` : base
  const { why, toDo } = hintFor(reply)
  return [
    status === 200
      ? kustomer.fine(`${host} answers and accepts the key`)
      : kustomer.fault(`${host} answered ${status}${why && `: ${why}`}`, toDo),
    limitFinding(headers['x-ratelimit-limit'], requestsPerMinute),
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

/** Says what an error status means. A key works only in its own region; Kustomer's answer names both regions. */
function hintFor({ status, body }: Reply & { kind: 'answer' }): { why: string; toDo: string } {
  const pods = JSON.stringify(body ?? '').match(/\bp(?:ro)?d\d{1,2}\b/g) ?? []
  if (pods[0] && pods[1])
    return {
      why: `the key belongs to ${pods[0]}, the host to ${pods[1]}`,
      toDo: "Set baseEndpoint to the host of the key's region.",
    }
  if (status === 401)
    return {
      why: 'the key is wrong, or belongs to another region',
      toDo: 'Store the right key, or set baseEndpoint to the host of its region (EU: api.prod2, India: api.prod4).',
    }
  if (status === 402) return { why: 'billing', toDo: 'Ask Kustomer about the account.' }
  if (status === 403) return { why: 'the key lacks a role', toDo: 'Give the key its roles in Kustomer.' }
  return status >= 300 && status < 400
    ? { why: 'the host redirects', toDo: 'Set baseEndpoint to the host in its answer.' }
    : { why: '', toDo: 'Run the doctor again when Kustomer answers.' }
}

function limitFinding(told: unknown, configured: number | undefined): Finding {
  const limit = Number(told)
  if (!(limit > 0))
    return rateLimit.unknown(
      'Kustomer did not tell how many requests it allows',
      'Compare rate.requestsPerMinute with your plan.',
    )
  const allowed = `Kustomer allows ${inWords(limit)} requests a minute`
  if (configured === undefined)
    return rateLimit.unknown(
      `${allowed}; what the relay is set to is not known`,
      'Deploy the current version.',
    )
  if (limit === configured) return rateLimit.fine(`${allowed}, and the relay is set to the same`)
  const both = `${allowed}, and the relay is set to ${inWords(configured)}`
  return limit < configured
    ? rateLimit.fault(`${both}. It goes by the lower number`, `Set rate.requestsPerMinute to ${limit}.`)
    : rateLimit.fine(`${both}. With rate.requestsPerMinute: ${limit} it could be faster`)
}

function inWords(n: number): string {
  return n.toLocaleString('en')
}

function clockFinding(date: unknown, nowMs: number): Finding {
  const ms = typeof date === 'string' ? Date.parse(date) : Number.NaN
  if (Number.isNaN(ms))
    return clock.unknown('Kustomer did not tell the time', 'Compare the clock with another one.')
  const seconds = Math.round(Math.abs(nowMs - ms) / 1000)
  return seconds > maxSkewSeconds
    ? clock.fault(`it differs by ${seconds} s from Kustomer's`, 'Correct the clock of this machine.')
    : clock.fine("it agrees with Kustomer's")
}
