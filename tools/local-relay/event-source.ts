import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import type { SQSRecord } from 'aws-lambda'
import { queue as limits } from '../../lib/policy.ts'
import { doneIn } from './batch-answer.ts'
import type { Container } from './container.ts'
import { deleteMessages } from './delete-messages.ts'
import { createPollBackoff } from './poll-backoff.ts'
import type { Queues } from './queues.ts'
import { sqsRecord } from './sqs-record.ts'
import type { WaitingMessages } from './waiting-messages.ts'
import { createWorkerPool } from './worker-pool.ts'

/** What the event source needs, and its callbacks. */
export interface EventSourceOptions {
  queues: Pick<Queues, 'sqs' | 'queueUrl' | 'pollSeconds'>
  workers: Container[]
  /** Called when records are done, before they are deleted. Called again for a record whose deletion failed. */
  onDone(records: SQSRecord[]): void
  /** Told of each invocation when it begins and when it has ended. */
  waiting?: Pick<WaitingMessages, 'begin' | 'end'>
  onFault(text: string): void
}

/** The link between queue and worker. */
export interface EventSource {
  /** Receives and deletes no more messages. Resolves when a worker is free or stopped. */
  stop(): Promise<void>
}

/**
 * Invokes the workers with messages of the queue, as Lambda's event source does: in batches of up to ten, and one
 * invocation per worker at a time. Messages that the answer does not report as failed are deleted; the others are received again
 * after their visibility timeout. If a whole batch fails, none of it is deleted, and the next receive waits. The wait
 * grows with each batch in a row that fails.
 */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { queues, workers, onDone, onFault, waiting } = options
  const stopped = new AbortController()
  const { signal } = stopped
  const pool = createWorkerPool(workers.length)
  const backoff = createPollBackoff()
  const fault = (text: string) => {
    backoff.grow()
    onFault(text)
  }

  async function receiveBatch() {
    await pool.whenFree()
    await backoff.wait(signal)
    const records = await receive(queues, signal)
    const worker = records.length > 0 ? pool.take() : undefined
    if (worker !== undefined) void serve(worker, records)
  }

  async function serve(worker: number, records: SQSRecord[]) {
    const container = workers[worker]
    if (!container) return
    waiting?.begin(records)
    const { done, kind } = await invokeWorker(container, records)
    waiting?.end(records, done ?? [])
    // Free before the deletion: SQS then releases the next messages of the groups, and this worker can take them.
    pool.free(worker)
    if (signal.aborted) return
    if (!done) return fault(`a batch of ${records.length} failed: worker ${worker} ${kind}`)
    backoff.reset()
    onDone(done)
    const left = await deleteMessages(queues.sqs, queues.queueUrl, done).catch(() => done.length)
    if (left > 0 && !signal.aborted) onFault(`${left} messages are done but could not be deleted`)
  }

  const polling = repeat(receiveBatch, signal, error => fault(`the queue does not answer: ${nameOf(error)}`))
  return {
    async stop() {
      stopped.abort()
      await polling
    },
  }
}

/** Repeats a step until the signal aborts. A step that fails before is reported to `onError` and does not end it. */
async function repeat(step: () => Promise<void>, signal: AbortSignal, onError: (error: unknown) => void) {
  while (!signal.aborted) {
    try {
      await step()
    } catch (error) {
      if (!signal.aborted) onError(error)
    }
  }
}

/** Resolves to the invocation's kind and the records that are done, when the worker can take its next batch. */
async function invokeWorker(container: Container, records: SQSRecord[]) {
  const invocation = await container.invoke({ Records: records })
  const done = doneIn(records, invocation)
  await container.whenReady()
  return { done, kind: invocation.kind }
}

async function receive(
  { sqs, queueUrl, pollSeconds }: EventSourceOptions['queues'],
  abortSignal: AbortSignal,
): Promise<SQSRecord[]> {
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

function nameOf(error: unknown) {
  return error instanceof Error ? error.name : error
}
