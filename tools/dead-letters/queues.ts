import type { SQSClient } from '@aws-sdk/client-sqs'

/** The queue, its dead-letter queue, and the SQS client for both. */
export interface Queues {
  sqs: Pick<SQSClient, 'send' | 'destroy'>
  /** The queue to which a replay sends. */
  queueUrl: string
  deadLetterQueueUrl: string
}

/**
 * Calls `act` with batches of at most ten items, the limit of SQS, four batches at a time.
 * Returns the results of all batches in one list, in no defined order.
 */
export async function inBatches<T, R>(items: T[], act: (batch: T[]) => Promise<R[]>): Promise<R[]> {
  const [size, atOnce] = [10, 4]
  const batches = Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  )
  const results: R[] = []
  const worker = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift())
      for (const result of await act(batch)) results.push(result)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}
