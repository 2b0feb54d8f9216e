import type { Request } from '../kustomer/client.ts'
import type { endpoints } from '../kustomer/endpoints.ts'
import type { Directory } from '../people/directory.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Call, CustomerKey } from '../transform/call.ts'
import type { Outcome } from './outcome.ts'
import { recordEvent } from './record-event.ts'
import { upsertCustomer } from './upsert-customer.ts'

/** The look-ups that found nobody, for the length of one batch. */
export interface Misses {
  has(key: CustomerKey): boolean
  add(key: CustomerKey): void
  delete(key: CustomerKey): void
}

/** All that a delivery may touch. */
export interface DeliveryPorts {
  request: Request
  endpoints: ReturnType<typeof endpoints>
  directory: Directory
  misses: Misses
  clock: Pick<Clock, 'now'>
}

/** Makes the call that a transformation described, in as few requests as can be. Throws only what nobody foresaw. */
export async function deliver(call: Call, ports: DeliveryPorts): Promise<Outcome> {
  switch (call.kind) {
    case 'upsertCustomer':
      return upsertCustomer(call, ports)
    case 'recordEvent':
      return recordEvent(call, ports)
    case 'skip':
      return { kind: 'skipped', why: call.why }
  }
}

/** Remembers look-ups in vain, so that one batch makes each once. */
export function createMisses(): Misses {
  const missed = new Set<string>()
  const text = ({ by, value }: CustomerKey) => `${by}:${value}`
  return {
    has: key => missed.has(text(key)),
    add: key => void missed.add(text(key)),
    delete: key => void missed.delete(text(key)),
  }
}
