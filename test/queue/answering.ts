import { createHash } from 'node:crypto'
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs'

/** The options of the functions' clients, for this machine and with one try. */
export const aws: SQSClientConfig = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  useQueueUrlAsEndpoint: false,
  maxAttempts: 1,
}
/** A received entry of a batch. */
export interface Entry {
  Id: string
  ReceiptHandle?: string
  MessageBody?: string
}

/**
 * A real client whose requests do not leave this process: each batch gets the next of `answers`, and
 * `undefined` is a 500.
 */
export function answering(...answers: ((entries: Entry[]) => object | undefined)[]) {
  const asked: string[][] = []
  const sqs = new SQSClient({
    ...aws,
    endpoint: 'http://127.0.0.1:1',
    requestHandler: {
      async handle({ body: text }: { body: string }) {
        const entries: Entry[] = JSON.parse(text).Entries
        asked.push(entries.map(({ Id, ReceiptHandle }) => ReceiptHandle ?? Id))
        const body = answers[asked.length - 1]?.(entries)
        const headers = { 'content-type': 'application/x-amz-json-1.0' }
        return {
          response: { statusCode: body ? 200 : 500, headers, body: Buffer.from(JSON.stringify(body ?? {})) },
        }
      },
    },
  })
  return { sqs, asked }
}

/** Accepts the entries for which `takes` returns true. */
export const partly = (takes: (entry: Entry) => boolean) => (entries: Entry[]) => ({
  Successful: entries.filter(takes).map(({ Id, MessageBody = '' }) => ({
    Id,
    MessageId: Id,
    MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
  })),
  Failed: entries.filter(entry => !takes(entry)).map(({ Id }) => ({ Id, Code: 'Nope', SenderFault: false })),
})
