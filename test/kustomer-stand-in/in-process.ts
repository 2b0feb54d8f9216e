import { toCall } from '../../tools/kustomer-stand-in/call.ts'
import { createStandIn, type Exchange } from '../../tools/kustomer-stand-in/stand-in.ts'
import type { StandIn, StandInOptions } from '../../tools/kustomer-stand-in/types.ts'

/** A stand-in in this process, without a server, and a function that sends requests to it. */
export interface InProcess {
  standIn: StandIn
  /**
   * Sends one request; a string body is sent as it is. Header names are in lower case. The delay is returned, not
   * waited for.
   */
  send(method: string, path: string, headers: Record<string, string>, body?: string): Exchange
}

/** Creates a stand-in without a server. It needs no closing. */
export function kustomerInProcess(options: StandInOptions = {}): InProcess {
  const address = { url: 'http://127.0.0.1:1', sendDelayed: () => undefined, close: async () => undefined }
  const { standIn, exchange } = createStandIn(options, address)
  return {
    standIn,
    send(method, path, headers, body = '') {
      const bytes = Buffer.from(body)
      return exchange(toCall({ method, path, headers, bytes, size: bytes.length }))
    },
  }
}
