import type { NewMessage, QueueMessage } from './queue-message.ts'

/** Which deduplication ids were used lately. */
export interface Deduplication {
  /** The message that was sent with the same id in the same group less than five minutes ago. */
  find(message: NewMessage, nowMs: number): QueueMessage | undefined
  add(message: QueueMessage, nowMs: number): void
}

/** "Any messages sent with the same message deduplication ID are accepted successfully but aren't delivered during the 5-minute deduplication interval". */
const intervalMs = 300_000

/**
 * Deduplication by message group, as a high-throughput queue does it (`DeduplicationScope: messageGroup`). An id counts
 * from the first send on, also after its message was deleted, and is not prolonged by a repetition
 * (docs.aws.amazon.com, SQS developer guide, "Using the Amazon SQS message deduplication ID", read 2026-11-26).
 */
export function createDeduplication(): Deduplication {
  const sent = new Map<string, { message: QueueMessage; untilMs: number }>()
  const keyOf = ({ groupId, deduplicationId }: NewMessage) => `${groupId} ${deduplicationId}`
  const forget = (nowMs: number) => {
    for (const [key, { untilMs }] of sent) {
      if (untilMs > nowMs) return
      sent.delete(key)
    }
  }
  return {
    find(message, nowMs) {
      forget(nowMs)
      return sent.get(keyOf(message))?.message
    },
    add: (message, nowMs) => void sent.set(keyOf(message), { message, untilMs: nowMs + intervalMs }),
  }
}
