import type { SQSClient } from '@aws-sdk/client-sqs'

/** The two queues that the tool works on, and the client that reaches them. */
export interface Queues {
  sqs: SQSClient
  /** Where a replay sends to. */
  queueUrl: string
  deadLetterQueueUrl: string
}

/**
 * Does something to items in groups of at most ten, SQS's batch, a few groups at once.
 * Order does not matter to it; what `act` gives is joined.
 */
export async function inBatches<T, R>(items: T[], act: (batch: T[]) => Promise<R[]>): Promise<R[]> {
  const [size, atOnce] = [10, 4]
  const batches = Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  )
  const results: R[] = []
  const worker = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) results.push(...(await act(batch)))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}
