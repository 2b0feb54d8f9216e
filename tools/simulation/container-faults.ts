import { functions, queue } from '../../lib/policy.ts'
import type { Random } from './random.ts'

/** How containers fail. Chances are from 0 to 1 and hold for each call of a port. */
export interface ContainerFaults {
  /** The process ends just before or just after a call takes effect. */
  killPerCall: number
  /** After a call nothing in the container goes on for up to `freezeMs`. */
  freezePerCall: number
  freezeMs: number
  /**
   * After a call the container stands still until its messages are visible again. Lambda has given it up by then, but its
   * code goes on. Absent: never.
   */
  zombiePerCall?: number
  /** The greatest difference between the container's clock and the true time, to either side. */
  clockSkewMs: number
}

const visibilityMs = functions.worker.timeoutSeconds * queue.visibilityTimeouts * 1_000
const spreadMs = 240_000

/** Milliseconds that a zombie stands still: longer than SQS hides its messages. */
export function zombieMs(random: Random): number {
  return visibilityMs + random.int(spreadMs)
}
