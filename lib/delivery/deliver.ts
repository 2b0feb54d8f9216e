import type { Call } from '../transform/call.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'
import { recordEvent } from './record-event.ts'
import { upsertCustomer } from './upsert-customer.ts'

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
