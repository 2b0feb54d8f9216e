import type { QueueMessage } from './queue-message.ts'

/** The part of a queue in which it looks for messages to give out. */
export interface ScanWindow {
  /** Adds the newest message. */
  add(message: QueueMessage): void
  /** Takes away a message that was just marked as gone. */
  remove(message: QueueMessage): void
  /** Whether a message is among the first ones that are still there. */
  holds(message: QueueMessage): boolean
}

/**
 * The first `size` messages, in flight or not, in the order in which they were sent: "FIFO queues scan the first
 * 120,000 messages to determine available message groups" (docs.aws.amazon.com, SQS developer guide, "Avoid large
 * message backlogs with the same message group ID", read 2026-11-26). Each operation takes constant time on average.
 */
export function createScanWindow(size: number): ScanWindow {
  let messages: QueueMessage[] = []
  let end = 0
  let inside = 0
  const extend = () => {
    for (; inside < size && end < messages.length; end++) if (!messages[end]?.isGone) inside++
  }
  const holds = (message: QueueMessage) => message.sequence <= (messages[end - 1]?.sequence ?? -1)
  return {
    holds,
    add(message) {
      messages.push(message)
      extend()
    },
    remove(message) {
      if (holds(message)) inside--
      extend()
      if (end < 1_024 || inside > end / 2) return
      messages = messages.filter((one, index) => index >= end || !one.isGone)
      end = inside
    },
  }
}
