import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { SQSRecord } from 'aws-lambda'

const tries = 3

/**
 * Deletes the messages of a batch, at most ten, and tries those again that SQS names as failed in its 200 answer.
 * Gives the number of those that are left after three tries. Rejects where SQS does not answer.
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
