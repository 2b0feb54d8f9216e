import type { Call } from '../transform/call.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'
import { recordEvent } from './record-event.ts'
import { upsertCustomer } from './upsert-customer.ts'

/**
 * Makes the call that the transformation described, with as few requests as possible. Rejects only when the API key
 * cannot be read or on a bug.
 */
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
