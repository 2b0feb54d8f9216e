import type { Reply, Transport } from '../../lib/kustomer/transport.ts'
import { createKustomer, type Kustomer } from '../kustomer-stand-in/kustomer.ts'
import type { StandInOptions } from '../kustomer-stand-in/types.ts'
import { type CarriedOut, carryOut } from './carry-out.ts'
import type { Handling } from './fault-rows.ts'
import { drawFault, type FaultChances, type FaultName, handlingOf } from './kustomer-faults.ts'
import type { KustomerCall, KustomerLog } from './kustomer-log.ts'
import type { Random } from './random.ts'
import { randomByCall } from './random-by-call.ts'
import { type ReceivedCall, toReceivedCall } from './received-call.ts'
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

/** Milliseconds of the way there, or back: usually short, one in fifty long. */
const latency = { minMs: 15, usualMs: 60, longMs: 900, longChance: 0.02 }
/** Milliseconds after the relay's time-out within which a late request is carried out. */
const lateness = { minMs: 100, maxMs: 3_500 }

/**
 * Kustomer without HTTP: the stand-in's own rules (`tools/kustomer-stand-in`) on the simulation's clock, behind a
 * network that is slow, loses and lies. Every request and every change of a customer is kept in `calls` and `changes`.
 */
export function createKustomerModel(ports: KustomerModelPorts): KustomerModel {
  const { clock, random, trace, chancesFor } = ports
  const kustomer = createKustomer({ ...ports.options, now: clock.now })
  const log: KustomerLog = { calls: [], changes: [] }
  const listeners: ((customerId: string) => void)[] = []
  const randomOf = randomByCall(random)

  const arrive = (received: ReceivedCall, handling: Handling): CarriedOut => {
    const { call } = received
    call.arrivedAt = clock.now()
    const result = carryOut(kustomer, received, handling)
    call.isApplied = result.isApplied
    log.changes.push(...result.changes)
    if (result.readId) for (const listener of listeners) listener(result.readId)
    return result
  }
  const deliver = (received: ReceivedCall, settle: (reply: Reply) => void) => {
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

  return {
    ...log,
    kustomer,
    onRead: listener => void listeners.push(listener),
    transport(container, invocation) {
      const open = new Map<(reply: Reply) => void, ReceivedCall>()
      return {
        send: (endpoint, key, body, timeoutMs) =>
          new Promise(resolve => {
            const received = toReceivedCall(
              { endpoint, key, body, timeoutMs: Math.max(1, timeoutMs) },
              kustomer.store,
            )
            const { call } = received
            Object.assign(call, { container, invocation, sentAt: clock.now() })
            log.calls.push(call)
            const settle = (reply: Reply) => {
              if (!open.delete(settle)) return
              note(call, reply, clock.now())
              trace.add({ at: clock.now(), who: container, what: 'call', ...traced(call) })
              resolve(reply)
            }
            open.set(settle, received)
            deliver(received, settle)
          }),
        close() {
          for (const [settle, received] of open) settle(noReply('connection lost', received))
        },
      }
    },
  }
}

/** Milliseconds of the way there, or back. */
function wayMs(random: Random): number {
  const longMs = random.next() < latency.longChance ? random.int(latency.longMs) : 0
  return latency.minMs + random.int(latency.usualMs) + longMs
}

const usual: Handling = { carriedOut: 'on arrival', answer: 'own' }

function noReply(why: 'time-out' | 'connection lost', { request }: ReceivedCall): Reply {
  return { kind: 'none', why, mayBeStored: request.method !== 'GET' }
}

function note(call: KustomerCall, reply: Reply, nowMs: number) {
  call.repliedAt = nowMs
  call.status = reply.kind === 'answer' ? reply.status : 0
  const isOk = reply.kind === 'answer' && reply.status >= 200 && reply.status < 300
  const closedUntil = closedUntilOf(reply)
  if (closedUntil !== undefined) call.closedUntil = closedUntil
  call.isSuccess = isOk && reply.headers['content-type'] !== 'text/html'
}

/** Until when a 429 of the organisation, not of one customer, asks for no more requests. */
function closedUntilOf(reply: Reply): number | undefined {
  if (reply.kind !== 'answer' || reply.status !== 429) return undefined
  const { 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset } = reply.headers
  return remaining === '0' && reset !== undefined ? Number(reset) * 1_000 : undefined
}

function traced({ kind, status, externalIds, marks, fault, isApplied }: KustomerCall) {
  const shown: { fault: FaultName | undefined } & Record<string, unknown> = { kind, status, fault }
  return {
    ...shown,
    of: externalIds[0],
    marks: marks.join(' ') || undefined,
    applied: isApplied || undefined,
  }
}
