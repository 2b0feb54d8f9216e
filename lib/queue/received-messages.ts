import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'

/** A message whose next receive is delayed. */
export interface Delay {
  receiptHandle: string
  inSeconds: number
}

/**
 * Delays the next receive of at most ten messages. What SQS refuses is tried once more. Resolves to the number of
 * messages whose delay could not be set: they wait for the visibility time-out. Never throws.
 */
export async function delay(
  sqs: Pick<SQSClient, 'send'>,
  queueUrl: string,
  delays: Delay[],
): Promise<number> {
  const once = async (wanted: Delay[]): Promise<Delay[]> => {
    if (wanted.length === 0) return []
    const Entries = wanted.map(({ receiptHandle, inSeconds }, index) => ({
      Id: String(index),
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: inSeconds,
    }))
    try {
      const answer = await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }))
      const done = new Set(answer.Successful?.map(({ Id }) => Id))
      return wanted.filter((_, index) => !done.has(String(index)))
    } catch {
      return wanted
    }
  }
  return (await once(await once(delays))).length
}

/**
 * Deletes at most ten messages that are done. What cannot be deleted now is deleted by Lambda after the batch response.
 * Never throws.
 */
export async function deleteMessages(
  sqs: Pick<SQSClient, 'send'>,
  queueUrl: string,
  receiptHandles: string[],
): Promise<void> {
  if (receiptHandles.length === 0) return
  const Entries = receiptHandles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }))
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries })).catch(() => undefined)
}
