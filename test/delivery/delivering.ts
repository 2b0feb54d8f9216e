import { createDelivery } from '../../lib/delivery/create-delivery.ts'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import type { CallReport } from '../../lib/kustomer/client.ts'
import { createPersonRecords, type PersonRecords } from '../../lib/people/person-records.ts'
import type { Call } from '../../lib/transform/call.ts'
import { transform } from '../../lib/transform/index.ts'
import type { StandIn, StandInOptions } from '../../tools/kustomer-stand-in/types.ts'
import { kustomerInProcess } from '../kustomer-stand-in/in-process.ts'
import { jumpingClock } from '../runtime/jumping-clock.ts'
import { inProcessTransport } from './in-process-transport.ts'

/** A worker's container before a stand-in: what it remembers stays from one invocation to the next. */
export interface Container {
  standIn: StandIn
  personRecords: PersonRecords
  /** What the store of keys holds; the container knows `local-key` at first. */
  key: { inStore: string; renewals: number }
  calls: CallReport[]
  /** One invocation: its own look-ups in vain, connections and renewal of the key. */
  invoke<T>(run: (deliverCall: (call: Call) => Promise<Outcome>) => Promise<T>, leftMs?: number): Promise<T>
  /** Delivers events one after the other, each in an invocation of its own. */
  deliver(...events: object[]): Promise<Outcome[]>
  /** Method and kind of the requests since the last look, such as `GET findByEmail`. */
  requests(): string[]
}

/**
 * Makes a stand-in in this process and a container that knows its key. The rate limit is no limit here. Both live on a
 * clock that goes on only by what is waited for.
 */
export function container(options?: StandInOptions): Container {
  const clock = jumpingClock()
  const kustomer = kustomerInProcess({ now: clock.now, ...options })
  const { standIn } = kustomer
  const personRecords = createPersonRecords()
  const key = { inStore: standIn.apiKey, renewals: 0 }
  const calls: CallReport[] = []
  let cached = standIn.apiKey
  let seen = 0
  const open = createDelivery(standIn.url, 6_000_000, {
    async fetchKey(isFresh) {
      if (isFresh) {
        key.renewals++
        cached = key.inStore
      }
      return cached
    },
    createTransport: () => inProcessTransport(kustomer, clock),
    ...{ clock, personRecords },
  })
  const invoke: Container['invoke'] = async (run, leftMs = 60_000) => {
    const invocation = await open(clock.now() + leftMs)
    return run(call => invocation.deliver(call, made => calls.push(made))).finally(invocation.close)
  }
  return {
    ...{ standIn, personRecords, key, calls, invoke },
    async deliver(...events) {
      const outcomes: Outcome[] = []
      for (const event of events) outcomes.push(await invoke(one => one(transform(event))))
      return outcomes
    },
    requests() {
      const news = standIn.requests.slice(seen).map(({ method, kind }) => `${method} ${kind}`)
      seen = standIn.requests.length
      return news
    },
  }
}

/** An identify of a user, with these traits. */
export function identify(userId: string, traits: object = {}, more: object = {}) {
  return { type: 'identify', messageId: `i-${userId}`, userId, traits, ...more }
}

/** An identify of somebody who has no user id yet. */
export function identifyAnonymous(anonymousId: string, traits: object = {}, more: object = {}) {
  return { type: 'identify', messageId: `a-${anonymousId}`, anonymousId, traits, ...more }
}

/** A track of a user. */
export function track(userId: string, event = 'Order Completed', properties: object = {}) {
  return { type: 'track', messageId: `t-${userId}`, userId, event, properties }
}

/** What makes an identify name Kustomer's own id. */
export function knownAs(id: string) {
  return { context: { externalId: [{ type: 'kustomerId', id }] } }
}
