import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { beforeEach, describe, expect, test } from 'vitest'
import { FifoQueue } from '../../tools/simulation/fifo-queue.ts'
import { createRandom } from '../../tools/simulation/random.ts'
import { createSqsClient, type SqsFaults } from '../../tools/simulation/sqs-client.ts'
import { createSqsService } from '../../tools/simulation/sqs-service.ts'
import {
  createVirtualClock,
  simulationStartMs as start,
  type VirtualClock,
} from '../../tools/simulation/virtual-clock.ts'

const url = 'https://sqs/events.fifo'
let clock: VirtualClock
let queue: FifoQueue

const entries = (...bodies: string[]) =>
  bodies.map((body, index) => ({
    Id: String(index),
    MessageBody: body,
    MessageGroupId: 'a',
    MessageDeduplicationId: `id-${body}`.slice(0, 20),
  }))
const create = (faults: Partial<SqsFaults> = {}, seed = 1, partial = 0) => {
  const random = createRandom(seed)
  return createSqsClient({
    clock,
    random,
    execute: createSqsService(new Map([[url, queue]]), () => random.chance(partial)),
    faults: { slow: 0, slowMs: 9_000, failed: 0, lost: 0, ...faults },
  })
}
/** Sends in virtual time; gives the result or the name of the error, and the milliseconds that it took. */
async function send(client: ReturnType<typeof create>, command: object, abortSignal?: AbortSignal) {
  const startMs = clock.now()
  const result = client.send(command, abortSignal && { abortSignal }).then(
    value => ({ value, ms: clock.now() - startMs }),
    (error: Error) => ({ error: error.name, ms: clock.now() - startMs }),
  )
  await clock.runUntil(clock.now() + 60_000)
  return result
}

beforeEach(() => {
  clock = createVirtualClock()
  queue = new FifoQueue({ name: 'events', clock, visibilitySeconds: 360, retentionSeconds: 86_400 })
})

describe('commands', () => {
  test('a batch is stored, delayed and deleted', async () => {
    const client = create()
    const sent = await send(
      client,
      new SendMessageBatchCommand({ QueueUrl: url, Entries: entries('x', 'y') }),
    )
    expect(sent).toMatchObject({ value: { Successful: [{ Id: '0' }, { Id: '1' }], Failed: [] } })
    const [x, y] = queue.receive(10)
    const delays = [x, y].map((one, i) => ({
      Id: `${i}`,
      ReceiptHandle: one?.receipt,
      VisibilityTimeout: 5 + i,
    }))
    const delay = new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries: delays })
    expect(await send(client, delay)).toMatchObject({ value: { Failed: [] } })
    const again = queue.receive(10)
    expect(again.map(({ message }) => message.body)).toEqual(['x', 'y'])
    const handles = [x?.receipt, again[1]?.receipt].map((ReceiptHandle, i) => ({ Id: `${i}`, ReceiptHandle }))
    const remove = new DeleteMessageBatchCommand({ QueueUrl: url, Entries: handles })
    expect(await send(client, remove)).toMatchObject({
      value: { Successful: [{ Id: '1' }], Failed: [{ Id: '0', Code: 'ReceiptHandleIsInvalid' }] },
    })
    expect(queue.size).toBe(1)
  })

  test('what SQS refuses is refused, and is not tried again', async () => {
    const one = { QueueUrl: url, MessageBody: 'x', MessageGroupId: 'a', MessageDeduplicationId: 'x' }
    const many = Array.from({ length: 11 }, (_, i) => `${i}`)
    const refused: [object, string][] = [
      [new SendMessageCommand({ ...one, QueueUrl: 'https://other' }), 'QueueDoesNotExist'],
      [new SendMessageCommand({ ...one, MessageBody: '\ufffe' }), 'InvalidMessageContents'],
      [new SendMessageCommand({ ...one, MessageBody: '\ud800' }), 'InvalidMessageContents'],
      [new SendMessageCommand({ ...one, MessageBody: '' }), 'InvalidMessageContents'],
      [new SendMessageCommand({ ...one, MessageGroupId: 'a b' }), 'InvalidParameterValue'],
      [new SendMessageCommand({ ...one, MessageBody: 'x'.repeat(1_048_577) }), 'BatchRequestTooLong'],
      [
        new SendMessageBatchCommand({ QueueUrl: url, Entries: entries(...many) }),
        'TooManyEntriesInBatchRequest',
      ],
      [new SendMessageBatchCommand({ QueueUrl: url, Entries: [] }), 'EmptyBatchRequest'],
      [
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: entries('x'.repeat(600_000), 'y'.repeat(600_000)),
        }),
        'BatchRequestTooLong',
      ],
      [new CreateQueueCommand({ QueueName: 'x' }), 'no model of CreateQueueCommand'],
    ]
    for (const [command, error] of refused) expect(await send(create(), command)).toMatchObject({ error })
    expect(queue.size).toBe(0)
  })
})

describe('faults on the way', () => {
  test('a call that always fails is tried twice', async () => {
    const one = new SendMessageBatchCommand({ QueueUrl: url, Entries: entries('x') })
    const ends = new Set<string>()
    for (let seed = 0; seed < 30; seed++) {
      queue = new FifoQueue({ name: 'events', clock, visibilitySeconds: 360, retentionSeconds: 86_400 })
      const { error } = (await send(create({ failed: 0.5, lost: 1 }, seed), one)) as { error: string }
      ends.add(`${error} with ${queue.size}`)
    }
    expect([...ends].toSorted()).toEqual(
      [
        'ServiceUnavailable with 0',
        'ServiceUnavailable with 1',
        'TimeoutError with 0',
        'TimeoutError with 1',
      ].filter(end => ends.has(end)),
    )
    expect(ends.size).toBeGreaterThan(2)
  })

  test('a slow call ends after two attempts of 3 s and may be carried out later', async () => {
    let late = 0
    for (let seed = 0; seed < 60; seed++) {
      queue = new FifoQueue({ name: 'events', clock, visibilitySeconds: 360, retentionSeconds: 86_400 })
      const startMs = clock.now()
      const one = new SendMessageBatchCommand({ QueueUrl: url, Entries: entries(`x${seed}`) })
      const end = await send(create({ slow: 1 }, seed), one)
      expect(end.ms).toBeLessThanOrEqual(6_100)
      const [message] = queue.messages()
      if ('error' in end && message && message.sentAtMs > startMs + end.ms) late++
      expect(queue.size).toBeLessThanOrEqual(1)
    }
    expect(late).toBeGreaterThan(0)
  })

  test('single entries of a batch fail', async () => {
    const ends = await send(
      create({}, 1, 0.5),
      new SendMessageBatchCommand({ QueueUrl: url, Entries: entries('a', 'b', 'c', 'd', 'e', 'f') }),
    )
    const { Failed, Successful } = (ends as { value: { Failed: object[]; Successful: object[] } }).value
    expect(Failed.length).toBeGreaterThan(0)
    expect(Failed[0]).toMatchObject({ Code: 'InternalError' })
    expect(queue.size).toBe(Successful.length)
  })

  test('an abort ends the call at once and starts no other attempt', async () => {
    const controller = new AbortController()
    const one = new SendMessageBatchCommand({ QueueUrl: url, Entries: entries('x') })
    clock.at(start + 1, () => controller.abort())
    expect(await send(create({ failed: 1 }), one, controller.signal)).toEqual({ error: 'AbortError', ms: 1 })
    expect(await send(create(), one, controller.signal)).toEqual({ error: 'AbortError', ms: 0 })
    expect(queue.size).toBeLessThanOrEqual(1)
  })
})
