import type { SQSRecord } from 'aws-lambda'
import { groupIdOf, sealEnvelope } from '../../lib/queue/envelope.ts'

/** The parts of a queue message that a test sets. The other parts are as from SQS. */
export interface RecordParts {
  externalId?: string
  body?: string
  receives?: number
  /** Epoch milliseconds. */
  sentAtMs?: number
}

/** A message as an event source passes it to the worker. Its `messageId` is `sqs-` and the given id. */
export function sqsRecord(id: string, event: object, parts: RecordParts = {}): SQSRecord {
  const { externalId = 'u1', receives = 1, sentAtMs = Date.now() } = parts
  const receivedAt = new Date(sentAtMs).toISOString()
  return {
    messageId: `sqs-${id}`,
    receiptHandle: `handle-${id}`,
    body:
      parts.body ??
      sealEnvelope({ version: 1, id, receivedAt, event: { messageId: id, userId: externalId, ...event } }),
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAtMs),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(sentAtMs),
      MessageGroupId: groupIdOf(externalId, 'salt'),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:relay.fifo',
    awsRegion: 'us-east-1',
  }
}
