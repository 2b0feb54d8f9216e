import type { Reply } from '../../lib/kustomer/transport.ts'
import type { ReceivedCall } from './received-call.ts'

/** Returns what the relay gets instead of an answer. Kustomer may have stored what a request other than GET sent. */
export function noReply(why: 'time-out' | 'connection lost', { request }: ReceivedCall): Reply {
  return { kind: 'none', why, mayBeStored: request.method !== 'GET' }
}
