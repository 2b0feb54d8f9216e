import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { type DeadLetterMessage, readDeadLetter } from './dead-letter-message.ts'
import { type Lease, startLease } from './lease.ts'
import type { Queues } from './queues.ts'

/** The dead letters of one reading of the queue, held for as long as the work on them runs. */
export interface LeasedBatch {
  queues: Queues
  lease: Lease
  /** Oldest failure first, each once. */
  deadLetters: DeadLetterMessage[]
  /** About how many more there are: in another reader's lease, or behind a held one that SQS itself moved. */
  unseen: number
}

/** How to read; all optional. */
export interface ScanOptions {
  /** Ends the reading early; what was read is handed on. */
  signal?: AbortSignal
  /** Told of the number of dead letters read so far. */
  onRead?: (count: number) => void
  /** Told of dead letters that could not be given back and show up only after so many seconds. */
  onKept?: (count: number, seconds: number) => void
  /** Seconds that a dead letter is hidden at a time: 60. Renewed while the work runs. */
  leaseSeconds?: number
  /** Seconds of the long poll: 1. SQS answers a short one from a part of its servers, and may leave dead letters out. */
  waitSeconds?: number
}

/**
 * Reads the whole dead-letter queue, hands its dead letters to `use`, and gives back at once whatever is still held then,
 * also when `use` throws. Every reading adds one to SQS's receive count: harmless, nothing is moved on from here.
 * @throws what SQS answers to a reading, or what `use` throws.
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
    const kept = await lease.giveBack()
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
    // Nothing, or only dead letters whose time ran out because it could not be renewed.
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
    // A courtesy: whoever may not ask for the count can work all the same.
    return 0
  }
}
