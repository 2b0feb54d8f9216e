import { toCall } from '../../tools/kustomer-stand-in/call.ts'
import { createStandIn, type Exchange } from '../../tools/kustomer-stand-in/stand-in.ts'
import type { StandIn, StandInOptions } from '../../tools/kustomer-stand-in/types.ts'

/** A stand-in in this process, without a server, and a way to make requests of it. */
export interface InProcess {
  standIn: StandIn
  /** One request, its body to the letter. Header names are in lower case. The delay is told, not waited for. */
  send(method: string, path: string, headers: Record<string, string>, body?: string): Exchange
}

/** Makes a stand-in whose URL nobody listens on. It needs no closing. */
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
