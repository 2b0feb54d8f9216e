import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import type { FifoQueue } from './fifo-queue.ts'

/** A refusal as the SDK throws it: its `name` is SQS's code. `isRetryable`: the SDK tries it again. */
export class SqsError extends Error {
  readonly isRetryable: boolean
  constructor(name: string, isRetryable: boolean) {
    super(name)
    this.name = name
    this.isRetryable = isRetryable
  }
}

/** What one entry of a batch came to: undefined where it was done, else SQS's code. */
type EntryFault = string | undefined

/** What a batch call answers with, whichever it is. */
interface BatchResult {
  Successful: { Id: string | undefined; MessageId?: string }[]
  Failed: { Id: string | undefined; Code: string; SenderFault: boolean }[]
}

const maxEntries = 10
const maxBytes = 1_048_576
const maxAttributes = 10
const longestSeconds = 43_200
/** What XML 1.0 has no place for; lone surrogates never reach SQS. */
const refusedCharacters = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/**
 * SQS behind the network: carries out the four commands that the relay and its event source send, at once. An unknown
 * queue, too many entries or bytes, and characters that SQS refuses throw an `SqsError`, as do other commands
 * (docs.aws.amazon.com, SQS API reference and "Amazon SQS message quotas", read 2026-11-26). `entryFails` says which
 * entries of a batch SQS fails by itself.
 */
export function createSqsService(queues: ReadonlyMap<string, FifoQueue>, entryFails: () => boolean) {
  const queueAt = (url: string | undefined) => {
    const queue = queues.get(url ?? '')
    if (!queue) throw new SqsError('QueueDoesNotExist', false)
    return queue
  }
  return (command: object): object => {
    if (command instanceof SendMessageCommand) return sendOne(queueAt(command.input.QueueUrl), command.input)
    if (command instanceof SendMessageBatchCommand) {
      const { QueueUrl, Entries = [] } = command.input
      checkBytes(Entries)
      const queue = queueAt(QueueUrl)
      return batch(Entries, entryFails, entry => void sendOne(queue, entry))
    }
    if (command instanceof ChangeMessageVisibilityBatchCommand) {
      const queue = queueAt(command.input.QueueUrl)
      return batch(command.input.Entries, entryFails, ({ ReceiptHandle = '', VisibilityTimeout = 0 }) => {
        if (!isVisibility(VisibilityTimeout)) return 'InvalidParameterValue'
        return queue.changeVisibility(ReceiptHandle, VisibilityTimeout) ? undefined : 'ReceiptHandleIsInvalid'
      })
    }
    if (command instanceof DeleteMessageBatchCommand) {
      const queue = queueAt(command.input.QueueUrl)
      return batch(command.input.Entries, entryFails, ({ ReceiptHandle = '' }) =>
        queue.delete(ReceiptHandle) ? undefined : 'ReceiptHandleIsInvalid',
      )
    }
    throw new SqsError(`no model of ${command.constructor.name}`, false)
  }
}

/** Does each entry; the fault of one does not touch the others. */
function batch<E extends { Id: string | undefined }>(
  entries: E[] | undefined,
  entryFails: () => boolean,
  act: (entry: E) => EntryFault,
): BatchResult {
  const result: BatchResult = { Successful: [], Failed: [] }
  if (!entries || entries.length === 0) throw new SqsError('EmptyBatchRequest', false)
  if (entries.length > maxEntries) throw new SqsError('TooManyEntriesInBatchRequest', false)
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    throw new SqsError('BatchEntryIdsNotDistinct', false)
  for (const entry of entries) {
    const { Id } = entry
    const own = entryFails() ? 'InternalError' : undefined
    const Code = own ?? act(entry)
    if (Code === undefined) result.Successful.push({ Id, MessageId: `${Id}` })
    else result.Failed.push({ Id, Code, SenderFault: own === undefined })
  }
  return result
}

type MessageInput = Omit<SendMessageBatchRequestEntry, 'Id'>

function sendOne(queue: FifoQueue, input: MessageInput): object {
  const { MessageBody = '', MessageGroupId, MessageDeduplicationId, MessageAttributes } = input
  if (!isId(MessageGroupId) || !isId(MessageDeduplicationId))
    throw new SqsError('InvalidParameterValue', false)
  if (MessageBody === '' || refusedCharacters.test(MessageBody))
    throw new SqsError('InvalidMessageContents', false)
  if (Object.keys(MessageAttributes ?? {}).length > maxAttributes)
    throw new SqsError('InvalidParameterValue', false)
  checkBytes([input])
  const { id } = queue.send({
    body: MessageBody,
    groupId: MessageGroupId,
    deduplicationId: MessageDeduplicationId,
    attributes: MessageAttributes,
  })
  return { MessageId: id }
}

function checkBytes(messages: MessageInput[]) {
  const bytes = messages.reduce((sum, { MessageBody = '', MessageAttributes = {} }) => {
    const attributes = Object.entries(MessageAttributes).flatMap(([name, value]) => [
      name,
      value.DataType ?? '',
      value.StringValue ?? '',
    ])
    return sum + Buffer.byteLength(MessageBody) + Buffer.byteLength(attributes.join(''))
  }, 0)
  if (bytes > maxBytes) throw new SqsError('BatchRequestTooLong', false)
}

function isId(text: string | undefined): text is string {
  return text !== undefined && /^[\x21-\x7e]{1,128}$/.test(text)
}

function isVisibility(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 0 && seconds <= longestSeconds
}
