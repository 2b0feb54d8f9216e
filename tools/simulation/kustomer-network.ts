import type { Reply } from '../../lib/kustomer/transport.ts'
import type { CarriedOut } from './carry-out.ts'
import type { Handling } from './fault-rows.ts'
import { drawFault, type FaultChances, handlingOf } from './kustomer-faults.ts'
import type { KustomerCall } from './kustomer-log.ts'
import { noReply } from './no-reply.ts'
import type { Random } from './random.ts'
import { randomByCall } from './random-by-call.ts'
import type { ReceivedCall } from './received-call.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What the network needs. `arrive` has Kustomer carry out a request that has reached it. */
export interface KustomerNetworkPorts {
  clock: VirtualClock
  random: Random
  chancesFor(call: KustomerCall): FaultChances
  arrive(received: ReceivedCall, handling: Handling): CarriedOut
}

/** Milliseconds of the way there, or back: usually short, one in fifty long. */
const latency = { minMs: 15, usualMs: 60, longMs: 900, longChance: 0.02 }
/** Milliseconds after the relay's time-out within which a late request is carried out. */
const lateness = { minMs: 100, maxMs: 3_500 }

const usual: Handling = { carriedOut: 'on arrival', answer: 'own' }

/**
 * Creates the way of a request to Kustomer and of its answer back, with the faults that are drawn for the request.
 * The returned function calls `settle` when the answer arrives, or at the relay's time-out.
 */
export function createKustomerNetwork({ clock, random, chancesFor, arrive }: KustomerNetworkPorts) {
  const randomOf = randomByCall(random)

  return (received: ReceivedCall, settle: (reply: Reply) => void): void => {
    const { call } = received
    const own = randomOf(call)
    const drawn = drawFault(chancesFor(call), call.kind, own)
    if (drawn) call.fault = drawn
    const handling = drawn ? handlingOf(drawn, own, received.texts) : usual
    const timeOutAt = call.sentAt + call.timeoutMs
    const timeOut = () => settle(noReply('time-out', received))
    if (handling.carriedOut === 'late') {
      clock.at(timeOutAt, timeOut)
      const delayMs = lateness.minMs + own.int(lateness.maxMs - lateness.minMs)
      clock.at(timeOutAt + delayMs, () => void arrive(received, handling))
      return
    }
    clock.at(call.sentAt + wayMs(own), () => {
      const result = arrive(received, handling)
      const replyAt = clock.now() + (handling.extraMs ?? 0) + wayMs(own)
      call.neededMs = handling.answer === 'silence' ? Number.POSITIVE_INFINITY : replyAt - call.sentAt
      if (handling.answer === 'silence' || replyAt > timeOutAt) clock.at(timeOutAt, timeOut)
      else clock.at(replyAt, () => settle(result.reply))
    })
  }
}

/** Milliseconds of the way there, or back. */
function wayMs(random: Random): number {
  const longMs = random.next() < latency.longChance ? random.int(latency.longMs) : 0
  return latency.minMs + random.int(latency.usualMs) + longMs
}
