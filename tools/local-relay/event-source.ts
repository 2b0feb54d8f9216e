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

/** What the event source needs, and whom it tells. */
export interface EventSourceOptions {
  queues: Pick<Queues, 'sqs' | 'queueUrl' | 'pollSeconds'>
  workers: Container[]
  /** The records are done and about to be deleted; heard again for a record whose deletion failed. */
  onDone(records: SQSRecord[]): void
  onFault(text: string): void
}

/** The link between queue and worker. */
export interface EventSource {
  /** Takes no more messages and deletes none. Resolves once a worker is free, or stopped. */
  stop(): Promise<void>
}

const pause = { firstMs: 100, maxMs: 5_000 }

/**
 * Feeds the workers from the queue as Lambda's event source does: batches of up to ten, one invocation a worker at a
 * time, what the answer does not report as failed is deleted, the rest is left to its visibility. A batch that failed
 * as a whole is left alone, and the next receive comes after a pause that grows while that goes on.
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
    // Free before the deletion: it opens the groups again, and their next messages find this worker idle.
    pool.free(worker)
    if (abortSignal.aborted) return
    if (!done) return fault(`a batch of ${records.length} failed: worker ${worker} ${invocation.kind}`)
    faults = 0
    onDone(done)
    const left = await deleteMessages(sqs, queueUrl, done).catch(() => done.length)
    if (left > 0 && !abortSignal.aborted) onFault(`${left} messages that are done could not be deleted`)
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
