import type { Call } from './call.ts'
import { type FaultAction, parseAction } from './faults.ts'

/** A request with this header asks for its own fault: the JSON of a `FaultAction`. */
export const faultHeader = 'x-stand-in-fault'

/** Returns the fault that a request asks for by its header, or `unreadable` if the header is not a fault. */
export function faultOf({ headers }: Call): FaultAction | 'unreadable' | undefined {
  const json = headers[faultHeader]
  if (json === undefined) return undefined
  try {
    return parseAction(JSON.parse(String(json)))
  } catch {
    return 'unreadable'
  }
}
