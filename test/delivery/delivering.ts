import { createDelivery } from '../../lib/delivery/create-delivery.ts'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import { type Call, parseEvent, transform } from '../../lib/index.ts'
import type { CallReport } from '../../lib/kustomer/client.ts'
import { emptyPerson, type Person } from '../../lib/people/person.ts'
import type { Clock } from '../../lib/runtime/clock.ts'
import type { StandIn, StandInOptions } from '../../tools/kustomer-stand-in/types.ts'
import { kustomerInProcess } from '../kustomer-stand-in/in-process.ts'
import { jumpingClock } from '../runtime/jumping-clock.ts'
import { inProcessTransport } from './in-process-transport.ts'

/** How a delivery in a test differs from the usual one. */
export interface Special {
  eventAtMs?: number
  isMerged?: boolean
  /** Merged identifies, instead of the call of the event. */
  call?: Call
}

/** Delivers one event in an open invocation. */
export type DeliverEvent = (event: object, special?: Special) => Promise<Outcome>

/** A worker's container with a stand-in. Its memory is kept from one invocation to the next. */
export interface Container {
  standIn: StandIn
  clock: Clock
  /** The record of the person with this external id. */
  person(externalId: string): Person
  /** The key in the secret store. The container has `local-key` at first. */
  key: { inStore: string; renewals: number }
  calls: CallReport[]
  /** Starts an invocation, with its own connections and its own renewal of the key. */
  invoke<T>(run: (deliver: DeliverEvent) => Promise<T>, leftMs?: number): Promise<T>
  /** Delivers events one after the other, each in its own invocation. */
  deliver(...events: object[]): Promise<Outcome[]>
  /** Delivers one event in its own invocation. */
  deliverAs(event: object, special: Special): Promise<Outcome>
  /** An agent deletes a customer. */
  removeCustomer(id: string): void
  /** Method and kind of the requests since the last call, such as `GET findByEmail`. */
  requests(): string[]
}

/** The options of a test, in addition to those of the stand-in. */
export interface ContainerOptions extends StandInOptions {
  mergeByEmail?: boolean
  resendUnchangedAfterMs?: number
}

/**
 * Creates a stand-in in this process and a container with its key. The rate limit is never reached, and every
 * identify is sent unless the test says otherwise. Both use a clock that moves only when something waits.
 */
export function container({
  mergeByEmail = true,
  resendUnchangedAfterMs = 0,
  ...options
}: ContainerOptions = {}): Container {
  const clock = jumpingClock()
  const kustomer = kustomerInProcess({ now: clock.now, ...options })
  const { standIn } = kustomer
  const people = new Map<string, Person>()
  const person = (externalId: string) => {
    const known = people.get(externalId) ?? emptyPerson()
    people.set(externalId, known)
    return known
  }
  const key = { inStore: standIn.apiKey, renewals: 0 }
  const calls: CallReport[] = []
  let cached = standIn.apiKey
  let seen = 0
  const open = createDelivery(
    {
      baseEndpoint: standIn.url,
      rate: { perMinute: 6_000_000, share: 1, containers: 1 },
      mergeByEmail,
      resendUnchangedAfterMs,
    },
    {
      async fetchKey(isFresh) {
        if (isFresh) {
          key.renewals++
          cached = key.inStore
        }
        return cached
      },
      createTransport: () => inProcessTransport(kustomer, clock),
      clock,
    },
  )
  const invoke: Container['invoke'] = async (run, leftMs = 60_000) => {
    const invocation = await open(clock.now() + leftMs)
    const deliver: DeliverEvent = (event, { eventAtMs = clock.now(), isMerged = false, call } = {}) => {
      const parsed = parseEvent(event)
      const [externalId, role] =
        parsed.kind === 'skip'
          ? ['', 'user' as const]
          : [
              parsed.externalId,
              parsed.externalIdFrom === 'userId' ? ('user' as const) : ('anonymous' as const),
            ]
      return invocation.deliver({
        call: call ?? transform(event, {}),
        person: person(externalId),
        onCall: made => calls.push(made),
        ...{ role, eventAtMs, isMerged },
        isAnonymous: async other => people.get(other)?.role === 'anonymous',
        hash: text => text,
      })
    }
    return run(deliver).finally(invocation.close)
  }
  const deliverAs: Container['deliverAs'] = (event, special) => invoke(deliver => deliver(event, special))
  return {
    ...{ standIn, clock, person, key, calls, invoke, deliverAs },
    async deliver(...events) {
      const outcomes: Outcome[] = []
      for (const event of events) outcomes.push(await deliverAs(event, {}))
      return outcomes
    },
    removeCustomer: id =>
      void kustomer.send('DELETE', `/v1/customers/${id}`, { authorization: `Bearer ${standIn.apiKey}` }),
    requests() {
      const news = standIn.requests.slice(seen).map(({ method, kind }) => `${method} ${kind}`)
      seen = standIn.requests.length
      return news
    },
  }
}

let events = 0
/** Returns a unique message id for each event. */
const nextId = (kind: string) => `${kind}-${++events}`

/** An identify of a user, with these traits. */
export function identify(userId: string, traits: object = {}, more: object = {}) {
  return { type: 'identify', messageId: nextId('i'), userId, traits, ...more }
}

/** An identify of a person who has no user id yet. */
export function identifyAnonymous(anonymousId: string, traits: object = {}, more: object = {}) {
  return { type: 'identify', messageId: nextId('a'), anonymousId, traits, ...more }
}

/** A track of a user. */
export function track(userId: string, event = 'Order Completed', properties: object = {}) {
  return { type: 'track', messageId: nextId('t'), userId, event, properties }
}

/** The context of an identify with Kustomer's own id. */
export function knownAs(id: string) {
  return { context: { externalId: [{ type: 'kustomerId', id }] } }
}
