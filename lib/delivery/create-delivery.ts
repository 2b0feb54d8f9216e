import { type CallReport, createKustomerClient } from '../kustomer/client.ts'
import { endpoints } from '../kustomer/endpoints.ts'
import { createRateLimiter, type RateShare } from '../kustomer/rate-limiter.ts'
import type { RateStore } from '../kustomer/rate-store.ts'
import type { Transport } from '../kustomer/transport.ts'
import { createNotFoundCache } from '../people/not-found-cache.ts'
import type { Person } from '../people/person.ts'
import type { Clock } from '../runtime/clock.ts'
import { createSecret, type FetchSecret } from '../runtime/secrets.ts'
import type { Call } from '../transform/call.ts'
import { deliver } from './deliver.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts, KustomerQuirks } from './ports.ts'

/** What delivery needs from outside. `createTransport` is called once per invocation. */
export interface DeliveryWorld {
  fetchKey: FetchSecret
  createTransport(): Transport
  clock: Clock
  /** Where all containers keep the rate limit. Without it each takes its own part of the share. */
  rateStore?: RateStore
}

/** How a container delivers, and how much of the rate limit is the relay's. */
export interface DeliveryOptions {
  baseEndpoint: string
  rate: RateShare
  mergeByEmail: boolean
  /** 0: every identify is sent. */
  resendUnchangedAfterMs: number
}

/** One event to deliver: the call, and what is known about its person. */
export interface Delivery
  extends Pick<DeliveryPorts, 'role' | 'eventAtMs' | 'isMerged' | 'isAnonymous' | 'hash'> {
  call: Call
  person: Person
  /** Called after every request. */
  onCall(call: CallReport): void
}

/** The deliveries of one invocation. */
export interface Invocation {
  deliver(delivery: Delivery): Promise<Outcome>
  /** Closes the invocation's connections. Resolves when the other containers can know what it learned. Never rejects. */
  close(): Promise<void>
}

/**
 * Assembles the delivery of one container. Its rate limiter, its API key and its cache of look-ups that found nothing
 * are kept between invocations. Returns a function that opens an invocation, which ends at `deadlineMs` (epoch
 * milliseconds). That function rejects when Kustomer's API key cannot be read.
 */
export function createDelivery(options: DeliveryOptions, world: DeliveryWorld) {
  const { clock } = world
  const { mergeByEmail, resendUnchangedAfterMs } = options
  const key = createSecret(world.fetchKey, clock)
  const rateLimiter = createRateLimiter({
    ...options.rate,
    clock,
    ...(world.rateStore && { store: world.rateStore }),
  })
  const kustomer = endpoints(options.baseEndpoint)
  const notFound = createNotFoundCache(clock)
  const quirks: KustomerQuirks = { refusesExternalIds: false }

  return async (deadlineMs: number): Promise<Invocation> => {
    await key.get()
    const transport = world.createTransport()
    const requests = createKustomerClient({ rateLimiter, transport, key, clock, deadlineMs })
    const ports = { endpoints: kustomer, notFound, clock, quirks, mergeByEmail, resendUnchangedAfterMs }
    return {
      deliver: ({ call, onCall, ...own }) => deliver(call, { ...ports, ...own, request: requests(onCall) }),
      async close() {
        transport.close()
        await rateLimiter.settled()
      },
    }
  }
}
