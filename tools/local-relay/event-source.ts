import { setTimeout as wait } from 'node:timers/promises'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import type { SQSRecord } from 'aws-lambda'
import { queue as limits } from '../../lib/policy.ts'
import { doneIn } from './batch-answer.ts'
import type { Container } from './container.ts'
import { deleteMessages } from './delete-messages.ts'
import type { Queues } from './queues.ts'
import { sqsRecord } from './sqs-record.ts'
import { createWorkerPool } from './worker-pool.ts'

/** What the event source needs, and its callbacks. */
export interface EventSourceOptions {
  queues: Pick<Queues, 'sqs' | 'queueUrl' | 'pollSeconds'>
  workers: Container[]
  /** Called when records are done, before they are deleted. Called again for a record whose deletion failed. */
  onDone(records: SQSRecord[]): void
  onFault(text: string): void
}

/** The link between queue and worker. */
export interface EventSource {
  /** Receives and deletes no more messages. Resolves when a worker is free or stopped. */
  stop(): Promise<void>
}

const pause = { firstMs: 100, maxMs: 5_000 }

/**
 * Invokes the workers with messages of the queue, as Lambda's event source does: in batches of up to ten, and one
 * invocation per worker at a time. Messages that the answer does not report as failed are deleted; the others are received again
 * after their visibility timeout. If a whole batch fails, none of it is deleted, and the next receive waits. The wait
 * grows with each batch in a row that fails.
 */
export function startEventSource({ queues, workers, onDone, onFault }: EventSourceOptions): EventSource {
  const { sqs, queueUrl, pollSeconds } = queues
  const stopped = new AbortController()
  const { signal: abortSignal } = stopped
  const pool = createWorkerPool(workers.length)
  let faults = 0

  async function poll() {
    while (!abortSignal.aborted) {
      try {
        await pool.whenFree()
        if (faults > 0)
          await wait(Math.min(pause.firstMs * 2 ** (faults - 1), pause.maxMs), undefined, {
            signal: abortSignal,
          })
        const records = await receive()
        const worker = records.length > 0 ? pool.take() : undefined
        if (worker !== undefined) void serve(worker, records)
      } catch (error) {
        if (!abortSignal.aborted)
          fault(`the queue does not answer: ${error instanceof Error ? error.name : error}`)
      }
    }
  }

  async function receive(): Promise<SQSRecord[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: limits.batchSize,
        WaitTimeSeconds: pollSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
      { abortSignal },
    )
    return Messages.map(message => sqsRecord(message, queueUrl))
  }

  async function serve(worker: number, records: SQSRecord[]) {
    const container = workers[worker]
    if (!container) return
    const invocation = await container.invoke({ Records: records })
    const done = doneIn(records, invocation)
    await container.whenReady()
    // Free before the deletion: SQS then releases the next messages of the groups, and this worker can take them.
    pool.free(worker)
    if (abortSignal.aborted) return
    if (!done) return fault(`a batch of ${records.length} failed: worker ${worker} ${invocation.kind}`)
    faults = 0
    onDone(done)
    const left = await deleteMessages(sqs, queueUrl, done).catch(() => done.length)
    if (left > 0 && !abortSignal.aborted) onFault(`${left} messages are done but could not be deleted`)
  }

  function fault(text: string) {
    faults++
    onFault(text)
  }

  const polling = poll()
  return {
    async stop() {
      stopped.abort()
      await polling
    },
  }
}
