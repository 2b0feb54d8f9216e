import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs'
import { buildApp } from 'fauxqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bury, delay, enqueue, maxSealedBytes, QueueError } from '../../lib/delivery/queue.ts'

const aws: SQSClientConfig = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  useQueueUrlAsEndpoint: false,
  maxAttempts: 1,
}
const sealed = (index: number, body = `body ${index}`) => ({
  body,
  groupId: 'g1',
  deduplicationId: `d${index}`,
})
const delays = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ receiptHandle: `h${index}`, inSeconds: 7 }))

interface Entry {
  Id: string
  ReceiptHandle?: string
  MessageBody?: string
}

/** An SQS that answers a batch as `answer` says, one call after the other; `undefined` is a 500. */
async function answering(...answers: ((entries: Entry[]) => object | undefined)[]) {
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
const partly = (takes: (entry: Entry) => boolean) => (entries: Entry[]) => ({
  Successful: entries.filter(takes).map(({ Id, MessageBody = '' }) => ({
    Id,
    MessageId: Id,
    MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
  })),
  Failed: entries.filter(entry => !takes(entry)).map(({ Id }) => ({ Id, Code: 'Nope', SenderFault: false })),
})

describe('delay', () => {
  test('tries once more what SQS refused in an answer of 200', async () => {
    await using queue = await answering(
      partly(({ ReceiptHandle }) => ReceiptHandle === 'h1'),
      partly(() => true),
    )
    expect(await delay(queue.sqs, 'q', delays(3))).toBe(0)
    expect(queue.asked).toEqual([
      ['h0', 'h1', 'h2'],
      ['h0', 'h2'],
    ])
  })

  test('counts what was refused twice', async () => {
    const refusesOne = partly(({ ReceiptHandle }) => ReceiptHandle !== 'h2')
    await using queue = await answering(refusesOne, refusesOne)
    expect(await delay(queue.sqs, 'q', delays(3))).toBe(1)
  })

  test('tries everything once more after an error, and never throws', async () => {
    await using mended = await answering(
      () => undefined,
      partly(() => true),
    )
    expect(await delay(mended.sqs, 'q', delays(2))).toBe(0)
    await using broken = await answering()
    expect(await delay(broken.sqs, 'q', delays(2))).toBe(2)
    expect(broken.asked.length).toBe(2)
  })

  test('asks nothing where there is nothing to put off', async () => {
    await using queue = await answering()
    expect(await delay(queue.sqs, 'q', [])).toBe(0)
    expect(queue.asked).toEqual([])
  })
})

describe('enqueue', () => {
  test('throws where SQS did not take all, with its code', async () => {
    await using queue = await answering(partly(({ Id }) => Id !== '1'))
    await expect(
      enqueue(
        queue.sqs,
        'q',
        [0, 1].map(index => sealed(index)),
      ),
    ).rejects.toThrow(new QueueError('SQS took 1 of 2: Nope'))
  })

  test('sends no later batch once one was not taken', async () => {
    await using queue = await answering()
    const messages = Array.from({ length: 25 }, (_, index) => sealed(index))
    await expect(enqueue(queue.sqs, 'q', messages)).rejects.toThrow()
    expect(queue.asked.length).toBe(1)
  })
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
  /** All messages, in order: this SQS hands out one of a group at a time. */
  const drained = async () => {
    const bodies: (string | undefined)[] = []
    for (;;) {
      const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }))
      if (!message) return bodies
      bodies.push(message.Body)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }))
    }
  }

  test('many messages keep their order, and large ones their room', async () => {
    const half = 'x'.repeat(maxSealedBytes - 10)
    const messages = [...Array(12).keys()].map(index => sealed(index, index > 9 ? half : `body ${index}`))
    await enqueue(sqs, url, messages)
    expect(await drained()).toEqual(messages.map(({ body }) => body))
  })

  test('a letter with all its attributes has room beside the largest body', async () => {
    const text = 'é'.repeat(300)
    const letter = {
      ...{ body: 'x'.repeat(maxSealedBytes), code: 'REJECTED', why: text, status: 400, attempts: 1 },
      ...{ failedAtMs: Date.now(), eventType: text, eventName: text, messageId: text, groupId: 'g' },
    }
    await bury(sqs, url, letter, 'letter')
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
