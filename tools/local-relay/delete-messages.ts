import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { SQSRecord } from 'aws-lambda'

const tries = 3

/**
 * Deletes the messages of a batch (at most ten). It tries again for messages that SQS reports as failed in its 200.
 * Returns the number of messages that are left after three tries. Rejects if SQS does not answer.
 */
export async function deleteMessages(
  sqs: SQSClient,
  queueUrl: string,
  records: SQSRecord[],
): Promise<number> {
  let left = records
  for (let i = 0; i < tries && left.length > 0; i++) {
    const Entries = left.map(({ receiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle: receiptHandle,
    }))
    const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
    const failed = new Set(Failed.map(({ Id }) => Id))
    left = left.filter((_, index) => failed.has(String(index)))
  }
  return left.length
}
