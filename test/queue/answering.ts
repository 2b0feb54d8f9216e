import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs'

/** A client's options as the functions have them, on this machine, trying once. */
export const aws: SQSClientConfig = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  useQueueUrlAsEndpoint: false,
  maxAttempts: 1,
}
/** An entry of a batch as it came. */
export interface Entry {
  Id: string
  ReceiptHandle?: string
  MessageBody?: string
}

/** An SQS that answers a batch as `answer` says, one call after the other; `undefined` is a 500. */
export async function answering(...answers: ((entries: Entry[]) => object | undefined)[]) {
  const asked: string[][] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    const entries: Entry[] = JSON.parse(text).Entries
    asked.push(entries.map(({ Id, ReceiptHandle }) => ReceiptHandle ?? Id))
    const body = answers[asked.length - 1]?.(entries)
    response.writeHead(body ? 200 : 500, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(body ?? {}))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const sqs = new SQSClient({
    ...aws,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  })
  return {
    ...{ sqs, asked },
    async [Symbol.asyncDispose]() {
      sqs.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Takes the entries for which `takes` holds. */
export const partly = (takes: (entry: Entry) => boolean) => (entries: Entry[]) => ({
  Successful: entries.filter(takes).map(({ Id, MessageBody = '' }) => ({
    Id,
    MessageId: Id,
    MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
  })),
  Failed: entries.filter(entry => !takes(entry)).map(({ Id }) => ({ Id, Code: 'Nope', SenderFault: false })),
})
