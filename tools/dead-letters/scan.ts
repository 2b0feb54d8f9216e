import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { type DeadLetterMessage, readDeadLetter } from './dead-letter-message.ts'
import { type Lease, startLease } from './lease.ts'
import type { Queues } from './queues.ts'

/** The dead letters of one scan of the queue. They are leased while the work on them runs. */
export interface LeasedBatch {
  queues: Queues
  lease: Lease
  /** Oldest failure first, each once. */
  deadLetters: DeadLetterMessage[]
  /** About how many more there are: leased by another reader, or in a group behind a leased dead letter. */
  unseen: number
}

/** The options of a scan. All are optional. */
export interface ScanOptions {
  /** Ends the scan early. The dead letters that were read are used. */
  signal?: AbortSignal
  /** Called with the number of dead letters read so far. */
  onRead?: (count: number) => void
  /** Called with the number of dead letters that could not be released, and the seconds until they are visible. */
  onKept?: (count: number, seconds: number) => void
  /** Seconds of a lease; 60. It is renewed while the work runs. */
  leaseSeconds?: number
  /** Seconds of a long poll; 1. A short poll asks only some of SQS's servers and may miss dead letters. */
  waitSeconds?: number
}

/**
 * Reads the whole dead-letter queue and calls `use` with its dead letters. Then it releases those that are left, even
 * if `use` throws. Each scan increases SQS's receive count by one, which has no effect on this queue.
 * @throws the error of SQS, or the error that `use` throws.
 */
export async function withDeadLetters<T>(
  queues: Queues,
  options: ScanOptions,
  use: (batch: LeasedBatch) => Promise<T>,
): Promise<T> {
  const lease = startLease(queues, options.leaseSeconds ?? 60)
  try {
    const deadLetters = await readAll(queues, lease, options)
    const unseen = await unseenOf(queues, lease.size())
    return await use({ queues, lease, deadLetters, unseen })
  } finally {
    const kept = await lease.release()
    lease.stop()
    if (kept > 0) options.onKept?.(kept, lease.seconds)
  }
}

async function readAll(queues: Queues, lease: Lease, { signal, onRead, waitSeconds = 1 }: ScanOptions) {
  const deadLetters: DeadLetterMessage[] = []
  const command = new ReceiveMessageCommand({
    QueueUrl: queues.deadLetterQueueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: lease.seconds,
    WaitTimeSeconds: waitSeconds,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  })
  while (!signal?.aborted) {
    const { Messages = [] } = await queues.sqs.send(command)
    const fresh = Messages.filter(({ MessageId, ReceiptHandle }) =>
      lease.take(MessageId ?? '', ReceiptHandle ?? ''),
    )
    // No messages, or only dead letters whose lease expired because its renewal failed.
    if (fresh.length === 0) break
    deadLetters.push(...fresh.map(readDeadLetter))
    onRead?.(deadLetters.length)
  }
  return deadLetters.sort((a, b) => a.failedAtMs - b.failedAtMs || a.sequence.localeCompare(b.sequence))
}

async function unseenOf({ sqs, deadLetterQueueUrl }: Queues, leased: number) {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
  const command = new GetQueueAttributesCommand({ QueueUrl: deadLetterQueueUrl, AttributeNames: [...names] })
  try {
    const { Attributes } = await sqs.send(command)
    return Math.max(0, names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0) - leased)
  } catch {
    // Optional: a user without permission for the count can still use the tool.
    return 0
  }
}
