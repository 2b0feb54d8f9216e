import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { type Clock, systemClock } from '../../lib/runtime/clock.ts'
import type { Queues } from './queues.ts'

/** When a replay waits for the queue. */
export interface HoldOptions {
  /** Ends the waiting. */
  signal: AbortSignal
  /** Called with the number of events in the queue when the replay starts to wait, and with 0 when it goes on. */
  onHold(waiting: number): void
  clock?: Clock
}

/**
 * Events in the queue above which a replay waits. Fresh events queue behind replayed ones, so there must be few: some
 * 15 s of work at the default share of Kustomer's limit.
 */
const mostWaiting = 200
/** Milliseconds between two counts, while sending and while waiting. */
const every = { sendingMs: 2_000, waitingMs: 5_000 }

/**
 * Returns a function that resolves when the queue has room for a replayed event. So a replay is as fast as the relay
 * delivers, and stops while Kustomer is down. It never rejects: without permission to count, the replay goes on.
 */
export function holdWhileBusy(
  { sqs, queueUrl }: Pick<Queues, 'sqs' | 'queueUrl'>,
  { signal, onHold, clock = systemClock }: HoldOptions,
): () => Promise<void> {
  let countedMs = -Infinity
  const count = async () => {
    const AttributeNames = ['ApproximateNumberOfMessages'] as const
    const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...AttributeNames] })
    const answer = await sqs.send(command).catch(() => undefined)
    countedMs = clock.now()
    return Number(answer?.Attributes?.ApproximateNumberOfMessages ?? 0)
  }
  const hold = async () => {
    let waiting = await count()
    const isHeld = waiting > mostWaiting
    while (waiting > mostWaiting && !signal.aborted) {
      onHold(waiting)
      await clock.sleep(every.waitingMs, signal)
      waiting = await count()
    }
    if (isHeld) onHold(0)
  }
  let turn = Promise.resolve()
  return () => {
    if (clock.now() - countedMs >= every.sendingMs) {
      countedMs = clock.now()
      turn = hold()
    }
    return turn
  }
}
