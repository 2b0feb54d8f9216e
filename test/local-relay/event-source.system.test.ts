import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import type { SQSEvent, SQSRecord } from 'aws-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Container } from '../../tools/local-relay/container.ts'
import type { Invocation } from '../../tools/local-relay/container-messages.ts'
import { type EventSource, startEventSource } from '../../tools/local-relay/event-source.ts'
import { type Queues, startQueues } from '../../tools/local-relay/queues.ts'
import { until } from '../system/relay-harness.ts'

describe('the event source', () => {
  let queues: Queues
  let source: EventSource | undefined
  const faults: string[] = []
  beforeEach(async () => {
    queues = await startQueues(1)
    faults.length = 0
  })
  afterEach(async () => {
    await source?.stop()
    await queues.close()
  })

  /** Workers with scripted answers, and all their invocations, in order. */
  function serve(
    workers: number,
    answer: (records: SQSRecord[], nth: number) => Promise<Invocation> | Invocation,
  ) {
    const batches: SQSRecord[][] = []
    const container: Container = {
      pid: undefined,
      renew: async () => undefined,
      whenReady: async () => {},
      invoke: async event => {
        const { Records } = event as SQSEvent
        batches.push(Records)
        return answer(Records, batches.length)
      },
      kill() {},
      stop: async () => {},
    }
    source = startEventSource({
      queues,
      workers: Array.from({ length: workers }, () => container),
      onDone() {},
      onFault: text => faults.push(text),
    })
    return batches
  }
  const send = (body: string, group = body) =>
    queues.sqs.send(
      new SendMessageCommand({
        QueueUrl: queues.queueUrl,
        MessageBody: body,
        MessageGroupId: group,
        MessageDeduplicationId: body,
        MessageAttributes: { KIND: { DataType: 'String', StringValue: 'test' } },
      }),
    )
  const isEmpty = async () => {
    const { waiting, inFlight } = await queues.counts()
    return waiting + inFlight === 0
  }
  const ok: Invocation = { kind: 'answered', value: { batchItemFailures: [] } }

  it('passes records as Lambda does, and deletes them', async () => {
    const batches = serve(1, () => ok)
    await send('hello', 'group')
    await until(isEmpty, 'an empty queue')
    expect(batches).toEqual([
      [
        {
          messageId: expect.any(String),
          receiptHandle: expect.any(String),
          body: 'hello',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            SenderId: expect.any(String),
            MessageGroupId: 'group',
            MessageDeduplicationId: 'hello',
            SequenceNumber: expect.any(String),
          },
          messageAttributes: {
            KIND: { stringValue: 'test', stringListValues: [], binaryListValues: [], dataType: 'String' },
          },
          md5OfBody: '5d41402abc4b2a76b9719d911017c592',
          eventSource: 'aws:sqs',
          eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:kustomer-relay-local.fifo',
          awsRegion: 'us-east-1',
        },
      ],
    ])
  })

  it('keeps the records that are reported as failed, and deletes the others', async () => {
    const batches = serve(1, (records, nth) => ({
      kind: 'answered',
      value: { batchItemFailures: nth === 1 ? [{ itemIdentifier: records[0]?.messageId }] : [] },
    }))
    await send('again')
    await until(isEmpty, 'an empty queue')
    expect(batches.map(([one]) => one?.attributes.ApproximateReceiveCount)).toEqual(['1', '2'])
  })

  it.each<Invocation>([
    { kind: 'crashed' },
    { kind: 'failed', error: 'Error' },
    { kind: 'answered', value: 'odd' },
  ])('deletes nothing of a batch whose invocation is %o, and reports it', async first => {
    const batches = serve(1, (_, nth) => (nth === 1 ? first : ok))
    await send('kept')
    await until(isEmpty, 'an empty queue')
    expect(batches).toHaveLength(2)
    expect(faults).toHaveLength(1)
  })

  it('gives another group to another worker, and keeps back the rest of a group in flight', async () => {
    const held = Promise.withResolvers<void>()
    const batches = serve(2, async records => {
      if (records.some(({ body }) => body === 'a0')) await held.promise
      return ok
    })
    await send('a0', 'a')
    await until(() => batches.length === 1, 'the first batch')
    await send('a1', 'a')
    await send('b0', 'b')
    await until(() => batches.length === 2, 'the second batch')
    held.resolve()
    await until(isEmpty, 'an empty queue')
    expect(batches.flat().map(({ body }) => body)).toEqual(['a0', 'b0', 'a1'])
  })

  it('repeats a deletion that SQS reports as failed in its answer', async () => {
    let refusals = 0
    queues.sqs.middlewareStack.add(
      next => async args => {
        const isDeletion = 'Entries' in args.input && !refusals++
        return isDeletion
          ? {
              response: {},
              output: { $metadata: {}, Failed: [{ Id: '0', Code: 'x', SenderFault: false }] } as never,
            }
          : next(args)
      },
      { step: 'initialize' },
    )
    const batches = serve(1, () => ok)
    await send('stubborn')
    await until(isEmpty, 'an empty queue')
    expect(batches).toHaveLength(1)
    expect(refusals).toBe(2)
  })

  it('receives nothing after it is stopped', async () => {
    const batches = serve(1, () => ok)
    await source?.stop()
    await send('late')
    const received = await queues.sqs.send(new ReceiveMessageCommand({ QueueUrl: queues.queueUrl }))
    expect(received.Messages).toHaveLength(1)
    expect(batches).toEqual([])
  })
})
