import type { Reply, Transport } from '../../lib/kustomer/transport.ts'
import type { Store } from '../kustomer-stand-in/store.ts'
import type { FaultName } from './kustomer-faults.ts'
import type { KustomerCall } from './kustomer-log.ts'
import { noReply } from './no-reply.ts'
import { type ReceivedCall, toReceivedCall } from './received-call.ts'
import type { Trace } from './trace.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What a transport needs. Each request is added to `calls`; `deliver` takes it to Kustomer and brings the answer. */
export interface KustomerTransportPorts {
  clock: VirtualClock
  trace: Trace
  store: Store
  calls: KustomerCall[]
  deliver(received: ReceivedCall, settle: (reply: Reply) => void): void
}

/**
 * Creates the transport of one invocation of one container.
 * `close` ends every open request with a lost connection; an answer that comes later is ignored.
 */
export function createKustomerTransport(
  container: string,
  invocation: number,
  { clock, trace, store, calls, deliver }: KustomerTransportPorts,
): Transport {
  const open = new Map<(reply: Reply) => void, ReceivedCall>()
  return {
    send: (endpoint, key, body, timeoutMs) =>
      new Promise(resolve => {
        const received = toReceivedCall({ endpoint, key, body, timeoutMs: Math.max(1, timeoutMs) }, store)
        const { call } = received
        Object.assign(call, { container, invocation, sentAt: clock.now() })
        calls.push(call)
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
