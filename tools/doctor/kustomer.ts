import { endpoints } from '../../lib/kustomer/endpoints.ts'
import { ask, type KustomerAccess } from './ask-kustomer.ts'
import { type Finding, findingAbout } from './finding.ts'
import { limitFinding } from './limit-finding.ts'
import type { Subject } from './subject.ts'
import { whyRefused } from './why-refused.ts'

/** Seconds by which two clocks may differ: a signature's time may differ by five minutes. */
const maxSkewSeconds = 60

const [kustomer, clock] = [findingAbout('kustomer'), findingAbout('clock')]

/**
 * Checks the key with one request for its own user, which needs no role: whether Kustomer accepts it, the told rate limit
 * against the configured one (requests per minute), and the clock of this machine.
 */
export async function examineKey(
  { base, key }: KustomerAccess,
  subject: Pick<Subject, 'requestsPerMinute' | 'isKustomerSimulated' | 'stack'>,
  nowMs = Date.now(),
): Promise<Finding[]> {
  const reply = await ask(endpoints(base).currentUser(), key)
  if (reply.kind === 'none')
    return [kustomer.fault(`${base} does not answer (${reply.why})`, 'Run the doctor again when it answers.')]
  const { status, headers } = reply
  const host = subject.isKustomerSimulated ? `the simulated Kustomer at ${base}` : base
  const { why, toDo } = whyRefused(reply, subject)
  return [
    status === 200
      ? kustomer.fine(`${host} answers and accepts the key`)
      : kustomer.fault(`${host} answered ${status}${why && `: ${why}`}`, toDo),
    limitFinding(headers['x-ratelimit-limit'], subject),
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

function clockFinding(date: unknown, nowMs: number): Finding {
  const ms = typeof date === 'string' ? Date.parse(date) : Number.NaN
  if (Number.isNaN(ms))
    return clock.unknown('Kustomer did not tell the time', 'Compare the clock with another one.')
  const seconds = Math.round(Math.abs(nowMs - ms) / 1000)
  return seconds > maxSkewSeconds
    ? clock.fault(`it differs by ${seconds} s from Kustomer's`, 'Correct the clock of this machine.')
    : clock.fine("it agrees with Kustomer's")
}
