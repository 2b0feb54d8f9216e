import {
  type MessageAttributeValue,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { queue as limits } from '../policy.ts'
import { attributesOf, type DeadLetter } from './dead-letter.ts'

/** A message ready for a FIFO queue. */
export interface Sealed {
  body: string
  groupId: string
  deduplicationId: string
  attributes?: Record<string, MessageAttributeValue>
}

/** The maximum bytes of a sealed event, so that it still fits into a message with the attributes of a dead letter. */
export const maxSealedBytes = limits.maxMessageBytes - limits.attributeReserveBytes

/** Thrown when SQS did not take every message. The caller must not acknowledge them. */
export class QueueError extends Error {
  override readonly name = 'QueueError'
}

/**
 * Puts messages on the queue in their order, in as few requests as SQS's limits allow (10 messages, 1 MiB).
 * Resolves only when SQS has them all. Once `signal` is aborted, no further request is made.
 * @throws QueueError when SQS refused some; whatever the SDK throws when SQS did not answer; the signal's reason.
 */
export async function enqueue(
  sqs: Pick<SQSClient, 'send'>,
  queueUrl: string,
  messages: Sealed[],
  signal?: AbortSignal,
): Promise<void> {
  for (const batch of batches(messages)) {
    signal?.throwIfAborted()
    const Entries = batch.map((message, index) => ({ Id: String(index), ...entryOf(message) }))
    const answer = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }), until(signal))
    const taken = answer.Successful?.length ?? 0
    if (taken !== batch.length)
      throw new QueueError(`SQS took ${taken} of ${batch.length}: ${codesOf(answer.Failed)}`)
  }
}

/**
 * A dead letter as a message for the dead-letter queue, in a group of its own. `id` is both group id and deduplication
 * id: SQS stores two messages with the same id within five minutes once, so a replayed message needs another id.
 */
export function sealDeadLetter(deadLetter: DeadLetter, id: string): Sealed {
  return { body: deadLetter.body, groupId: id, deduplicationId: id, attributes: attributesOf(deadLetter) }
}

/**
 * Puts a dead letter into the dead-letter queue, as `sealDeadLetter` makes it.
 * @throws whatever the SDK throws: then the dead letter is not safe.
 */
export async function sendDeadLetter(
  sqs: Pick<SQSClient, 'send'>,
  url: string,
  deadLetter: DeadLetter,
  id: string,
): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: url, ...entryOf(sealDeadLetter(deadLetter, id)) }))
}

function entryOf({ body, groupId, deduplicationId, attributes }: Sealed) {
  return {
    MessageBody: body,
    MessageGroupId: groupId,
    MessageDeduplicationId: deduplicationId,
    ...(attributes && { MessageAttributes: attributes }),
  }
}

/** Bytes that SQS counts: the body, and each attribute's name, type and value. */
function sizeOf({ body, attributes = {} }: Sealed): number {
  const texts = Object.entries(attributes).flatMap(([name, { DataType = '', StringValue = '' }]) => [
    ...[name, DataType, StringValue],
  ])
  return [body, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
}

function until(signal: AbortSignal | undefined) {
  return signal ? { abortSignal: signal } : {}
}

function* batches(messages: Sealed[]): Generator<Sealed[]> {
  let batch: Sealed[] = []
  let bytes = 0
  for (const message of messages) {
    const size = sizeOf(message)
    if (batch.length === limits.batchSize || (batch.length > 0 && bytes + size > limits.maxMessageBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(message)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

function codesOf(failed: { Code?: string | undefined }[] | undefined): string {
  return [...new Set(failed?.map(({ Code }) => Code))].join(', ') || 'no answer'
}
