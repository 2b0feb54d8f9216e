import type { Transport } from '../../lib/kustomer/transport.ts'
import { createKustomer, type Kustomer } from '../kustomer-stand-in/kustomer.ts'
import type { StandInOptions } from '../kustomer-stand-in/types.ts'
import { type CarriedOut, carryOut } from './carry-out.ts'
import type { Handling } from './fault-rows.ts'
import type { FaultChances } from './kustomer-faults.ts'
import type { KustomerCall, KustomerLog } from './kustomer-log.ts'
import { createKustomerNetwork } from './kustomer-network.ts'
import { createKustomerTransport } from './kustomer-transport.ts'
import type { Random } from './random.ts'
import type { ReceivedCall } from './received-call.ts'
import type { Trace } from './trace.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What the model needs. `chancesFor` may answer differently by time and person. */
export interface KustomerModelPorts {
  clock: VirtualClock
  random: Random
  trace: Trace
  chancesFor(call: KustomerCall): FaultChances
  options?: StandInOptions
}

/** Kustomer, as the relay sees it through its transport and as the simulation sees it from inside. */
export interface KustomerModel extends KustomerLog {
  kustomer: Kustomer
  /** The transport of one invocation of one container. */
  transport(container: string, invocation: number): Transport
  /** Tells `listener` of every customer whose attributes are being answered to the relay, before the answer arrives. */
  onRead(listener: (customerId: string) => void): void
}

/**
 * Kustomer without HTTP: the stand-in's own rules (`tools/kustomer-stand-in`) on the simulation's clock, behind a
 * network that is slow, loses and lies. Every request and every change of a customer is kept in `calls` and `changes`.
 */
export function createKustomerModel(ports: KustomerModelPorts): KustomerModel {
  const { clock, random, trace, chancesFor } = ports
  const kustomer = createKustomer({ ...ports.options, now: clock.now })
  const log: KustomerLog = { calls: [], changes: [] }
  const listeners: ((customerId: string) => void)[] = []

  const arrive = (received: ReceivedCall, handling: Handling): CarriedOut => {
    const { call } = received
    call.arrivedAt = clock.now()
    const result = carryOut(kustomer, received, handling)
    call.isApplied = result.isApplied
    for (const change of result.changes) log.changes.push(change)
    if (result.readId) for (const listener of listeners) listener(result.readId)
    return result
  }
  const deliver = createKustomerNetwork({ clock, random, chancesFor, arrive })
  const transportPorts = { clock, trace, store: kustomer.store, calls: log.calls, deliver }

  return {
    ...log,
    kustomer,
    onRead: listener => void listeners.push(listener),
    transport: (container, invocation) => createKustomerTransport(container, invocation, transportPorts),
  }
}
