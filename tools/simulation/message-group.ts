import type { QueueMessage } from './queue-message.ts'

/** The messages of one group, in order. */
export interface MessageGroup {
  readonly id: string
  /** The first message that is still there. */
  first(): QueueMessage | undefined
  add(message: QueueMessage): void
  /** The messages that are still there, first to last; the caller may mark them as gone while it reads. */
  messages(): Iterable<QueueMessage>
  /** How many of its messages are in flight: while there is one, no other is given out. */
  inFlight: number
  /** Whether it waits among the groups that may be received from. */
  isListed: boolean
}

/** An empty group. Messages that are gone are let go of when they come to the front. */
export function createMessageGroup(id: string): MessageGroup {
  let messages: QueueMessage[] = []
  let start = 0
  const first = () => {
    while (messages[start]?.isGone) start++
    if (start > 64 && start * 2 > messages.length) {
      messages = messages.slice(start)
      start = 0
    }
    return messages[start]
  }
  return {
    id,
    inFlight: 0,
    isListed: false,
    first,
    add: message => void messages.push(message),
    *messages() {
      first()
      for (let index = start; index < messages.length; index++) {
        const message = messages[index]
        if (message && !message.isGone) yield message
      }
    },
  }
}
