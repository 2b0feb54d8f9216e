import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { localClient } from '../local-relay/local-aws.ts'

/** The smallest possible webhook for SQS: it reads the body, sends it to the queue and answers 202. For the bench. */

const [, , endpoint = '', queueUrl = '', credentials = ''] = process.argv
const sqs = new SQSClient({ ...localClient(JSON.parse(credentials), endpoint), useQueueUrlAsEndpoint: false })

const server = createServer(async (incoming, outgoing) => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const [MessageGroupId, MessageDeduplicationId] = [randomUUID(), randomUUID()]
  const MessageBody = Buffer.concat(chunks).toString()
  const Entries = [{ Id: '0', MessageBody, MessageGroupId, MessageDeduplicationId }]
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
  outgoing.writeHead(202).end('{"status":"queued"}')
})
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })
})
process.once('disconnect', () => process.exit())
