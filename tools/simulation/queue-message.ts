import type { MessageAttributeValue } from '@aws-sdk/client-sqs'

/** What is sent to a queue. `body` may be made when it is read. */
export interface NewMessage {
  readonly body: string
  readonly groupId: string
  readonly deduplicationId: string
  readonly attributes?: Record<string, MessageAttributeValue> | undefined
}

/** A message as the queue holds it. Times are epoch milliseconds. */
export interface QueueMessage extends NewMessage {
  readonly id: string
  /** Its place in the queue: later messages have greater numbers. */
  readonly sequence: number
  sentAtMs: number
  receiveCount: number
  firstReceivedAtMs: number | undefined
  /** The receipt handle while it is in flight; undefined while it can be received. */
  receipt: string | undefined
  /** Until when it is hidden while it is in flight, and until when it may be hidden at most. */
  hiddenUntilMs: number
  hiddenAtMostMs: number
  isGone: boolean
}

/** A message that was just received, with the handle that deletes or delays it. */
export interface ReceivedMessage {
  message: QueueMessage
  receipt: string
}
