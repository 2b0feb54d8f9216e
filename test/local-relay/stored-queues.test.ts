import { buildApp } from 'fauxqs'
import { expect, test } from 'vitest'
import { openStorage } from '../../tools/local-relay/storage/open-storage.ts'
import { createStoredQueues } from '../../tools/local-relay/storage/stored-queues.ts'
import { temporaryFolder } from './temporary-folder.ts'

type Answer = Record<string, unknown>
interface Received {
  MessageId: string
  ReceiptHandle: string
  Body: string
  Attributes: Record<string, string>
  MessageAttributes?: unknown
}

/** The emulator on a folder, with both queues. It is called without a server. */
async function startEmulator(folder: string) {
  const storage = openStorage(folder)
  const app = buildApp({ logger: false, stores: await createStoredQueues(storage.database) })
  const call = async (action: string, body: object): Promise<Answer> => {
    const headers = { 'x-amz-target': `AmazonSQS.${action}`, 'content-type': 'application/x-amz-json-1.0' }
    const response = await app.inject({ method: 'POST', url: '/', headers, payload: JSON.stringify(body) })
    if (response.statusCode !== 200) throw new Error(response.body)
    return response.body === '' ? {} : response.json()
  }
  const make = async (QueueName: string, attributes = {}) => {
    const Attributes = { FifoQueue: 'true', VisibilityTimeout: '600', ...attributes }
    return String((await call('CreateQueue', { QueueName, Attributes })).QueueUrl)
  }
  const dead = await make('dead.fifo')
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead.fifo',
    maxReceiveCount: 1,
  })
  const queue = await make('queue.fifo', { RedrivePolicy })
  return {
    call,
    queue,
    dead,
    send: (QueueUrl: string, MessageBody: string, MessageGroupId: string) =>
      call('SendMessage', {
        ...{ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId: MessageBody },
        MessageAttributes: { CODE: { DataType: 'String', StringValue: 'X' } },
      }),
    async receive(QueueUrl: string): Promise<Received[]> {
      const names = { MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }
      const { Messages } = await call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, ...names })
      return (Messages ?? []) as Received[]
    },
    async close() {
      await app.close()
      storage.close()
    },
  }
}

test('messages are there after a restart, as they were sent, and those in flight are visible', async () => {
  const folder = temporaryFolder()
  const first = await startEmulator(folder)
  for (const body of ['a1', 'a2', 'a3']) await first.send(first.dead, body, 'a')
  await first.send(first.dead, 'b1', 'b')
  const before = await first.receive(first.dead)
  await first.close()
  const second = await startEmulator(folder)
  const after = await second.receive(second.dead)
  expect(after.map(({ Body }) => Body)).toEqual(['a1', 'b1'])
  for (const [i, { ReceiptHandle: _, Attributes, ...message }] of after.entries()) {
    expect(before[i]).toMatchObject(message)
    expect(Attributes).toEqual({ ...before[i]?.Attributes, ApproximateReceiveCount: '2' })
  }
  await second.close()
})

test('the order of a group holds across restarts, also for what is sent after them', async () => {
  const folder = temporaryFolder()
  const order: string[] = []
  for (const round of ['1', '2', '3']) {
    const emulator = await startEmulator(folder)
    for (const n of ['1', '2']) await emulator.send(emulator.dead, `${round}-${n}`, 'a')
    const [message] = await emulator.receive(emulator.dead)
    order.push(`${message?.Body} ${Number(message?.Attributes.SequenceNumber)}`)
    await emulator.call('DeleteMessage', { QueueUrl: emulator.dead, ReceiptHandle: message?.ReceiptHandle })
    await emulator.close()
  }
  expect(order).toEqual(['1-1 1', '1-2 2', '2-1 3'])
})

test('a message that was deleted or purged does not return', async () => {
  const folder = temporaryFolder()
  const first = await startEmulator(folder)
  await first.send(first.dead, 'gone', 'a')
  const [message] = await first.receive(first.dead)
  const entries = [{ Id: '0', ReceiptHandle: message?.ReceiptHandle }]
  await first.call('DeleteMessageBatch', { QueueUrl: first.dead, Entries: entries })
  await first.send(first.queue, 'purged', 'a')
  await first.call('PurgeQueue', { QueueUrl: first.queue })
  await first.close()
  const second = await startEmulator(folder)
  expect([...(await second.receive(second.dead)), ...(await second.receive(second.queue))]).toEqual([])
  await second.close()
})

test('a message that was received too often stays in the dead-letter queue', async () => {
  const folder = temporaryFolder()
  const first = await startEmulator(folder)
  await first.send(first.queue, 'poison', 'a')
  const [message] = await first.receive(first.queue)
  const hidden = { QueueUrl: first.queue, ReceiptHandle: message?.ReceiptHandle }
  await first.call('ChangeMessageVisibility', { ...hidden, VisibilityTimeout: 0 })
  expect(await first.receive(first.queue)).toEqual([])
  await first.close()
  const second = await startEmulator(folder)
  expect(await second.receive(second.queue)).toEqual([])
  expect((await second.receive(second.dead)).map(({ Body }) => Body)).toEqual(['poison'])
  await second.close()
})
