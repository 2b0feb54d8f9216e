import { ChangeMessageVisibilityBatchCommand } from '@aws-sdk/client-sqs'
import type { SQSRecord } from 'aws-lambda'
import { inBatches } from '../dead-letters/queues.ts'
import type { Queues } from './queues.ts'

/** The messages that went back to the queue and wait for their next attempt. */
export interface WaitingMessages {
  /** Notes that records are being processed. */
  begin(records: SQSRecord[]): void
  /** Notes the end of their invocation: `done` will be deleted, the others wait. */
  end(records: SQSRecord[], done: SQSRecord[]): void
  /**
   * Lets the messages of a person be received at once, in their order. Resolves to their number: 0 if none waits, or
   * while one of them is being processed. Rejects as SQS does.
   */
  retryNow(group: string): Promise<number>
}

/** Creates an empty list. It holds the newest receipt handle of each message, with which SQS changes its delay. */
export function createWaitingMessages(queues: Pick<Queues, 'sqs' | 'queueUrl'>): WaitingMessages {
  const processed = new Map<string, string>()
  const waiting = new Map<string, { group: string; receiptHandle: string }>()
  return {
    begin(records) {
      for (const record of records) {
        waiting.delete(record.messageId)
        processed.set(record.messageId, groupOf(record))
      }
    },
    end(records, done) {
      for (const record of records) {
        processed.delete(record.messageId)
        const { messageId, receiptHandle } = record
        if (!done.includes(record)) waiting.set(messageId, { group: groupOf(record), receiptHandle })
      }
    },
    async retryNow(group) {
      if ([...processed.values()].includes(group)) return 0
      const handles = [...waiting.values()].flatMap(one => (one.group === group ? one.receiptHandle : []))
      const released = await inBatches(handles, async batch => {
        const Entries = batch.map((ReceiptHandle, i) => ({
          ...{ Id: String(i), ReceiptHandle, VisibilityTimeout: 0 },
        }))
        const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: queues.queueUrl, Entries })
        return (await queues.sqs.send(command)).Successful ?? []
      })
      return released.length
    },
  }
}

function groupOf({ attributes }: SQSRecord): string {
  return attributes.MessageGroupId ?? ''
}
