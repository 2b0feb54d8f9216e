import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { buildApp } from 'fauxqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enqueue, maxSealedBytes, sendDeadLetter } from '../../lib/queue/sqs.ts'
import { aws } from './answering.ts'

const sealed = (index: number, body = `body ${index}`) => ({
  body,
  groupId: 'g1',
  deduplicationId: `d${index}`,
})
describe('on a queue', () => {
  const app = buildApp({ logger: false })
  let sqs: SQSClient
  let url: string
  beforeAll(async () => {
    const endpoint = await app.listen({ host: '127.0.0.1', port: 0 })
    sqs = new SQSClient({ ...aws, endpoint })
    const made = await sqs.send(
      new CreateQueueCommand({ QueueName: 'a.fifo', Attributes: { FifoQueue: 'true' } }),
    )
    url = made.QueueUrl ?? ''
  })
  afterAll(async () => {
    sqs.destroy()
    await app.close()
  })
  /** All messages, in order: this SQS returns one message of a group at a time. */
  const drained = async () => {
    const bodies: (string | undefined)[] = []
    for (;;) {
      const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }))
      if (!message) return bodies
      bodies.push(message.Body)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }))
    }
  }

  test('many messages keep their order, and large ones fit', async () => {
    const half = 'x'.repeat(maxSealedBytes - 10)
    const messages = [...Array(12).keys()].map(index => sealed(index, index > 9 ? half : `body ${index}`))
    await enqueue(sqs, url, messages)
    expect(await drained()).toEqual(messages.map(({ body }) => body))
  })

  test('a dead letter with all its attributes and the largest body fits', async () => {
    const text = 'é'.repeat(300)
    const deadLetter = {
      ...{ body: 'x'.repeat(maxSealedBytes), code: 'REJECTED' as const, why: text, status: 400, attempts: 1 },
      ...{ failedAtMs: Date.now(), eventType: text, eventName: text, messageId: text, groupId: 'g' },
    }
    await sendDeadLetter(sqs, url, deadLetter, 'letter')
    await expect(
      sqs.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: 'x'.repeat(1_048_577),
          MessageGroupId: 'g',
          MessageDeduplicationId: 'too large',
        }),
      ),
    ).rejects.toThrow()
  })
})
