import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import type { InvocationEnd } from './container.ts'
import type { FifoQueue } from './fifo-queue.ts'
import type { LambdaFunction } from './lambda-function.ts'
import type { ReceivedMessage } from './queue-message.ts'
import type { Random } from './random.ts'
import type { Trace } from './trace.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What connects a queue to a function. */
export interface EventSourceOptions {
  clock: VirtualClock
  random: Random
  trace: Trace
  queue: FifoQueue
  queueUrl: string
  worker: LambdaFunction<SQSEvent, SQSBatchResponse>
  /** The most invocations at once. */
  concurrency: number
  /** The client with which the event source deletes. */
  sqs: { send(command: object): Promise<object> }
}

/** Milliseconds. AWS names no times; these are usual. */
const polling = { pollLeastMs: 2, pollSpreadMs: 40, pauseMs: 1_000, longestPauseMs: 60_000 }
const batchSize = 10

/**
 * Lambda's event source on a FIFO queue: at most `concurrency` invocations at once, each with a batch of up to ten, in
 * any free container (there is no affinity of a group to a container). What the answer does not name is deleted; what
 * it names, and the whole batch of an invocation that threw or was killed, waits for its visibility; after such an
 * invocation the next poll waits longer. An answer that names a message outside of its batch counts as a failure of
 * the whole batch (docs.aws.amazon.com, Lambda developer guide, "Using Lambda with Amazon SQS", "Implementing partial
 * batch responses", read 2026-11-26).
 */
export function startEventSource(options: EventSourceOptions) {
  const { clock, queue, worker, concurrency } = options
  const random = options.random.fork('event source')
  let [busy, faults, polls] = [0, 0, 0]
  let isPolling = false

  const serve = async (received: ReceivedMessage[]) => {
    const end = await worker.invoke({ Records: received.map(toRecord(options.queueUrl)) })
    const done = doneIn(received, end)
    faults = done ? 0 : faults + 1
    if (done) tellEnd(received, done, options)
    if (done && done.length > 0) await deleteAll(done, options)
    busy--
    poll()
  }
  const poll = () => {
    if (isPolling || busy >= concurrency) return
    isPolling = true
    const pauseMs = faults === 0 ? 0 : Math.min(polling.pauseMs * 2 ** (faults - 1), polling.longestPauseMs)
    clock.at(clock.now() + pauseMs + polling.pollLeastMs + random.int(polling.pollSpreadMs), () => {
      isPolling = false
      const received = busy < concurrency ? queue.receive(batchSize) : []
      polls++
      if (received.length === 0) return
      busy++
      tell(received, options)
      void serve(received)
      poll()
    })
  }
  queue.onAvailable(poll)
  return { isIdle: () => busy === 0, polls: () => polls }
}

function tell(received: ReceivedMessage[], { trace, clock }: EventSourceOptions) {
  const ids = received.map(({ message }) => `${message.id}×${message.receiveCount}`)
  trace.add({ at: clock.now(), who: 'event-source', what: 'received', messages: ids.join(' ') })
}

function tellEnd(received: ReceivedMessage[], done: ReceivedMessage[], { trace, clock }: EventSourceOptions) {
  const left = received.filter(one => !done.includes(one))
  const ids = (list: ReceivedMessage[]) => list.map(({ message }) => message.id).join(' ') || undefined
  trace.add({ at: clock.now(), who: 'event-source', what: 'answered', done: ids(done), left: ids(left) })
}

/** The messages that may be deleted; undefined where the invocation as a whole failed. */
function doneIn(received: ReceivedMessage[], end: InvocationEnd<SQSBatchResponse>) {
  if (end.kind !== 'answered') return undefined
  const failed = new Set(end.value.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
  const ids = new Set(received.map(({ message }) => message.id))
  if ([...failed].some(id => !ids.has(id))) return undefined
  return received.filter(({ message }) => !failed.has(message.id))
}

async function deleteAll(done: ReceivedMessage[], { sqs, queueUrl, trace, clock }: EventSourceOptions) {
  const Entries = done.map(({ receipt }, index) => ({ Id: String(index), ReceiptHandle: receipt }))
  try {
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
  } catch {
    trace.add({ at: clock.now(), who: 'event-source', what: 'could not delete', messages: done.length })
  }
}

/** A message as Lambda hands it to the function. */
function toRecord(queueUrl: string) {
  return ({ message, receipt }: ReceivedMessage): SQSRecord => ({
    messageId: message.id,
    receiptHandle: receipt,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAtMs),
      SenderId: 'simulation',
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
      SequenceNumber: String(message.sequence).padStart(20, '0'),
      MessageGroupId: message.groupId,
      MessageDeduplicationId: message.deduplicationId,
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queueUrl.split('/').at(-1)}`,
    awsRegion: 'us-east-1',
  })
}
