import type { SQSRecord } from 'aws-lambda'

/** A message as Lambda passes it to the worker, of one person, received once. */
export function messageOf(body: string, messageId: string): SQSRecord {
  const attributes = {
    ...{ ApproximateReceiveCount: '1', SentTimestamp: '1767600000000', SenderId: '' },
    ...{ ApproximateFirstReceiveTimestamp: '1767600000000', MessageGroupId: 'a'.repeat(64) },
  }
  return {
    ...{ messageId, receiptHandle: `r-${messageId}`, body, attributes, messageAttributes: {}, md5OfBody: '' },
    ...{
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:q.fifo',
      awsRegion: 'eu-west-1',
    },
  }
}
