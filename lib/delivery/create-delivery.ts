import { type CallReport, createKustomerClient } from '../kustomer/client.ts'
import { endpoints } from '../kustomer/endpoints.ts'
import { createRateLimiter } from '../kustomer/rate-limiter.ts'
import type { Transport } from '../kustomer/transport.ts'
import { createNotFoundCache } from '../people/not-found-cache.ts'
import type { PersonRecords } from '../people/person-records.ts'
import type { Clock } from '../runtime/clock.ts'
import { createSecret, type FetchSecret } from '../runtime/secrets.ts'
import type { Call } from '../transform/call.ts'
import { deliver } from './deliver.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'

/** What delivering needs of the world. `createTransport` is called once for each invocation. */
export interface DeliveryWorld {
  fetchKey: FetchSecret
  createTransport(): Transport
  clock: Clock
  personRecords: PersonRecords
}

/** The deliveries of one invocation. `onCall` is told of every request that was made. */
export interface Invocation {
  deliver(call: Call, onCall: (call: CallReport) => void): Promise<Outcome>
  /** Closes the invocation's connections. */
  close(): void
}

/**
 * Assembles the delivery of one container: its rate limiter, its key and what it knows of people outlive an invocation.
 * `requestsPerMinute` is the container's own part. Gives a function that opens an invocation, which ends at
 * `deadlineMs` (epoch). That function rejects where Kustomer's key cannot be read.
 */
export function createDelivery(baseEndpoint: string, requestsPerMinute: number, world: DeliveryWorld) {
  const { clock, personRecords } = world
  const key = createSecret(world.fetchKey, clock)
  const rateLimiter = createRateLimiter(requestsPerMinute, clock)
  const kustomer = endpoints(baseEndpoint)

  return async (deadlineMs: number): Promise<Invocation> => {
    await key.get()
    const transport = world.createTransport()
    const requests = createKustomerClient({ rateLimiter, transport, key, clock, deadlineMs })
    const ports: Omit<DeliveryPorts, 'request'> = {
      ...{ endpoints: kustomer, personRecords, clock },
      notFound: createNotFoundCache(),
    }
    return {
      deliver: (call, onCall) => deliver(call, { ...ports, request: requests(onCall) }),
      close: () => transport.close(),
    }
  }
}
