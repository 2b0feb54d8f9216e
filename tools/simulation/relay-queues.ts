import { functions, queue as limits } from '../../lib/policy.ts'
import { FifoQueue } from './fifo-queue.ts'
import type { QueueMessage } from './queue-message.ts'
import type { Random } from './random.ts'
import type { Trace } from './trace.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What the queues of a relay run on, and whom they tell. */
export interface RelayQueuesOptions {
  clock: VirtualClock
  random: Random
  trace: Trace
  /** A message came to rest in the dead-letter queue. */
  onDeadLetter(message: QueueMessage): void
  /** The event source deleted a message of the queue. */
  onDeleted?(message: QueueMessage): void
}

/** Creates the queue of events and its dead-letter queue with the settings of the stack. */
export function createRelayQueues({ clock, random, trace, onDeadLetter, onDeleted }: RelayQueuesOptions) {
  const retentionSeconds = limits.retentionDays * 86_400
  const tell = (what: string) => (message: QueueMessage) =>
    trace.add({ at: clock.now(), who: 'sqs', what, message: message.id, received: message.receiveCount })
  const deadLetterQueue = new FifoQueue({
    ...{ name: 'dead', clock, retentionSeconds, visibilitySeconds: 30 },
    onSent: message => {
      const code = message.attributes?.ERROR_CODE?.StringValue
      trace.add({ at: clock.now(), who: 'sqs', what: 'dead letter', letter: message.id, code })
      onDeadLetter(message)
    },
  })
  const queue = new FifoQueue({
    ...{ name: 'm', clock, random: random.fork('order of groups'), retentionSeconds },
    visibilitySeconds: functions.worker.timeoutSeconds * limits.visibilityTimeouts,
    redrive: { maxReceiveCount: limits.maxReceiveCount, to: deadLetterQueue },
    onExpired: tell('expired'),
    ...(onDeleted && { onDeleted }),
    onRedriven: tell('redriven'),
  })
  return { queue, deadLetterQueue }
}
