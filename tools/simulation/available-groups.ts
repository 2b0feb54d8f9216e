import type { MessageGroup } from './message-group.ts'
import { createPriorityQueue } from './priority-queue.ts'
import type { Random } from './random.ts'
import type { ScanWindow } from './scan-window.ts'

/** The groups that may be received from. */
export interface AvailableGroups {
  /** Lists a group if it may be received from and is not listed yet. */
  list(group: MessageGroup): void
  /** Removes a group that may be received from and lies in the scan window; undefined where there is none. */
  take(): MessageGroup | undefined
}

/** The part of the receives that does not take the oldest group, and among how many of the oldest it chooses. */
const disorder = { part: 0.3, among: 4 }

/**
 * Usually the group with the oldest first message, sometimes another of the oldest few: "messages with different
 * message group ID values might be sent and received out of order" (docs.aws.amazon.com, SQS developer guide, "FIFO
 * delivery logic", read 2026-11-26). Without `random` it is always the oldest.
 */
export function createAvailableGroups(window: ScanWindow, random?: Random): AvailableGroups {
  const groups = createPriorityQueue<MessageGroup>()
  const list = (group: MessageGroup) => {
    const first = group.first()
    if (group.isListed || group.inFlight > 0 || !first) return
    group.isListed = true
    groups.add(first.sequence, group)
  }
  const takeOldest = (): MessageGroup | undefined => {
    for (let key = groups.nextKey(); key !== undefined; key = groups.nextKey()) {
      const group = groups.take()
      if (!group) return undefined
      group.isListed = false
      const first = group.first()
      if (!first || group.inFlight > 0) continue
      if (first.sequence !== key) list(group)
      else if (window.holds(first)) return group
      else {
        list(group)
        return undefined
      }
    }
    return undefined
  }
  return {
    list,
    take() {
      const skipped = random && random.next() < disorder.part ? random.int(disorder.among) : 0
      const taken: MessageGroup[] = []
      for (let group = takeOldest(); group; group = taken.length > skipped ? undefined : takeOldest())
        taken.push(group)
      const chosen = taken.pop()
      for (const group of taken) list(group)
      return chosen
    },
  }
}
