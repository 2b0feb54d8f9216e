import type { CallKind } from '../../../lib/kustomer/endpoints.ts'
import type { Reply, Transport } from '../../../lib/kustomer/transport.ts'
import { slidingWindow } from '../../kustomer-stand-in/window.ts'
import type { Random } from '../random.ts'
import type { VirtualClock } from '../virtual-clock.ts'

/** How many requests of one kind were answered, and how. */
export interface Answers {
  done: number
  throttled: number
  unavailable: number
}

/** What the model needs. */
export interface LeanKustomerOptions {
  clock: VirtualClock
  random: Random
  requestsPerMinute: number
  isAway(): boolean
}

/** Kustomer with nothing but what a load needs, and its counts. */
export interface LeanKustomer extends Transport {
  readonly calls: Readonly<Record<CallKind, Answers>>
}

interface Customer {
  id: string
  externalId: string
  emails: unknown
}

/** Milliseconds that an answer takes (measured by nobody here: an assumption). */
const latency = { leastMs: 60, spreadMs: 120 }

/**
 * A Kustomer for millions of requests: it knows customers by external id and e-mail, counts tracking events and keeps
 * the limit of the organisation. It checks no schema; the stand-in does that (`tools/kustomer-stand-in`).
 */
export function createLeanKustomer(options: LeanKustomerOptions): LeanKustomer {
  const { clock, random } = options
  const window = slidingWindow(options.requestsPerMinute)
  const none = () => ({ done: 0, throttled: 0, unavailable: 0 })
  const calls = { find: none(), read: none(), create: none(), update: none(), record: none() }
  const serve = createDirectory()
  return {
    calls,
    close() {},
    async send({ kind, url }, _key, body) {
      await clock.sleep(latency.leastMs + random.int(latency.spreadMs))
      if (options.isAway()) {
        calls[kind].unavailable++
        return answer(503, {})
      }
      const remaining = window.remaining(clock.now())
      if (!window.take(clock.now())) {
        calls[kind].throttled++
        const reset = String(Math.ceil(window.freeAt(clock.now()) / 1_000))
        return answer(429, {}, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset })
      }
      calls[kind].done++
      const limit = { 'x-ratelimit-limit': String(options.requestsPerMinute) }
      return serve(kind, url, body, { ...limit, 'x-ratelimit-remaining': String(remaining - 1) })
    },
  }
}

function createDirectory() {
  const customers = new Map<string, Customer>()
  const byKey = new Map<string, Customer>()
  const learn = (customer: Customer) => {
    customers.set(customer.id, customer)
    byKey.set(`externalId=${customer.externalId}`, customer)
    for (const email of emailsIn(customer.emails)) byKey.set(`email=${email}`, customer)
  }
  const create = (externalId: string, emails: unknown = []) => {
    const customer = { id: (customers.size + 1).toString(16).padStart(24, '0'), externalId, emails }
    learn(customer)
    return customer
  }
  return (kind: CallKind, url: string, body: object | undefined, headers: Record<string, string>): Reply => {
    const path = decodeURIComponent(url.split('/').at(-1)?.split('?')[0] ?? '')
    const sent = (body ?? {}) as { externalId?: string; emails?: unknown; identity?: { externalId?: string } }
    if (kind === 'record') {
      const externalId = sent.identity?.externalId ?? ''
      const { id } = byKey.get(`externalId=${externalId}`) ?? create(externalId)
      return answer(201, { relationships: { customer: { data: { type: 'customer', id } } } }, headers)
    }
    if (kind === 'create') return answer(201, asData(create(sent.externalId ?? '', sent.emails)), headers)
    const found = kind === 'find' ? byKey.get(path) : customers.get(path)
    if (!found) return answer(404, {}, headers)
    if (kind === 'update') learn(Object.assign(found, sent.emails && { emails: sent.emails }))
    return answer(200, asData(found), headers)
  }
}

function asData({ id, externalId, emails }: Customer) {
  return { type: 'customer', id, attributes: { externalId, emails, rev: 1 } }
}

function emailsIn(emails: unknown): string[] {
  return Array.isArray(emails)
    ? emails.flatMap(item => (typeof item?.email === 'string' ? [item.email] : []))
    : []
}

function answer(status: number, data: object, headers: Record<string, string> = {}): Reply {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: { data },
  }
}
