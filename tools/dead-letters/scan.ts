import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { type DeadLetterMessage, readDeadLetter } from './dead-letter-message.ts'
import { type Lease, startLease } from './lease.ts'
import type { Queues } from './queues.ts'

/** How much is read at once: dead letters, and the characters of their bodies. */
export interface Portion {
  count: number
  bytes: number
}

/** The whole queue at once. */
export const everything: Portion = { count: Infinity, bytes: Infinity }

/** A scan of the dead-letter queue. What it has read is leased until the scan ends. */
export interface Scan {
  queues: Queues
  lease: Lease
  /** Ids of the dead letters read so far. */
  readonly readIds: ReadonlySet<string>
  /** Whether the last read found no more. */
  readonly isAtEnd: boolean
  /** Reads on until so many wanted dead letters were found, or a few more, or until the end. Unsorted. */
  next(most: Portion, isWanted?: (deadLetter: DeadLetterMessage) => boolean): Promise<DeadLetterMessage[]>
  /** About how many dead letters the queue holds that this scan has not read. 0 if they cannot be counted. */
  unread(): Promise<number>
}

/** The dead letters of one scan of the whole queue. They are leased while the work on them runs. */
export interface LeasedBatch extends Pick<Scan, 'queues' | 'lease'> {
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

/** Receives at the same time: a receive returns ten dead letters at most, and most of its time is the way to AWS. */
const receivers = 4

/**
 * Calls `use` with a scan. Then it releases the dead letters that are left, even if `use` throws. Each scan increases
 * SQS's receive count by one, which has no effect on this queue.
 * @throws the error of SQS, or the error that `use` throws.
 */
export async function withScan<T>(
  queues: Queues,
  options: ScanOptions,
  use: (scan: Scan) => Promise<T>,
): Promise<T> {
  const lease = startLease(queues, options.leaseSeconds ?? 60)
  try {
    return await use(startScan(queues, lease, options))
  } finally {
    const kept = await lease.release()
    lease.stop()
    if (kept > 0) options.onKept?.(kept, lease.seconds)
  }
}

/** Reads the whole dead-letter queue and calls `use` with its dead letters, like `withScan`. */
export async function withDeadLetters<T>(
  queues: Queues,
  options: ScanOptions,
  use: (batch: LeasedBatch) => Promise<T>,
): Promise<T> {
  return withScan(queues, options, async scan => {
    const deadLetters = oldestFirst(await scan.next(everything))
    return use({ queues, lease: scan.lease, deadLetters, unseen: await scan.unread() })
  })
}

/** Sorts dead letters by the time of the failure, oldest first. */
export function oldestFirst(deadLetters: DeadLetterMessage[]): DeadLetterMessage[] {
  return deadLetters.sort((a, b) => a.failedAtMs - b.failedAtMs || a.sequence.localeCompare(b.sequence))
}

function startScan(queues: Queues, lease: Lease, { signal, onRead, waitSeconds = 1 }: ScanOptions): Scan {
  const readIds = new Set<string>()
  let isAtEnd = false
  const receive = async () => {
    const [seconds, startMs] = [lease.seconds, Date.now()]
    const command = new ReceiveMessageCommand({
      QueueUrl: queues.deadLetterQueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: seconds,
      WaitTimeSeconds: waitSeconds,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    })
    const { Messages = [] } = await queues.sqs.send(command)
    const heldMs = seconds * 1000 - (Date.now() - startMs)
    const fresh = Messages.filter(({ MessageId = '', ReceiptHandle = '' }) =>
      lease.take(MessageId, ReceiptHandle, heldMs),
    )
    for (const { MessageId = '' } of fresh) readIds.add(MessageId)
    onRead?.(readIds.size)
    return fresh.map(readDeadLetter)
  }
  return {
    ...{ queues, lease, readIds },
    get isAtEnd() {
      return isAtEnd
    },
    async next(most, isWanted = () => true) {
      const found: DeadLetterMessage[] = []
      let bytes = 0
      isAtEnd = false
      const receiveAll = async () => {
        while (!signal?.aborted && !isAtEnd && found.length < most.count && bytes < most.bytes) {
          const fresh = await receive()
          // No messages, or only dead letters whose lease expired because its renewal failed.
          if (fresh.length === 0) isAtEnd = true
          const wanted = fresh.filter(isWanted)
          for (const one of wanted) found.push(one)
          bytes += wanted.reduce((sum, { body }) => sum + body.length, 0)
        }
      }
      // All must have ended before an error is thrown: what is received later would not be released.
      const ends = await Promise.allSettled(Array.from({ length: receivers }, receiveAll))
      const failed = ends.find(end => end.status === 'rejected')
      if (failed) throw failed.reason
      return found
    },
    unread: () => unreadOf(queues, lease.size()),
  }
}

async function unreadOf({ sqs, deadLetterQueueUrl }: Queues, leased: number) {
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
