import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { beforeEach, expect, test } from 'vitest'
import type { Container } from '../../tools/simulation/container.ts'
import { startEventSource } from '../../tools/simulation/event-source.ts'
import { FifoQueue } from '../../tools/simulation/fifo-queue.ts'
import { createLambdaFunction } from '../../tools/simulation/lambda-function.ts'
import { createRandom } from '../../tools/simulation/random.ts'
import { createSqsClient } from '../../tools/simulation/sqs-client.ts'
import { createSqsService } from '../../tools/simulation/sqs-service.ts'
import { createTrace, type Trace } from '../../tools/simulation/trace.ts'
import {
  createVirtualClock,
  simulationStartMs as start,
  type VirtualClock,
} from '../../tools/simulation/virtual-clock.ts'

const url = 'https://sqs/events.fifo'
let clock: VirtualClock
let trace: Trace
let queue: FifoQueue
let atOnce: number
let mostAtOnce: number

type Handler = (event: SQSEvent, container: Container) => Promise<SQSBatchResponse>

function connect(handler: Handler, concurrency = 3, killPerCall = 0) {
  const random = createRandom(5)
  const faults = { killPerCall, freezePerCall: 0, freezeMs: 0, clockSkewMs: 0 }
  const worker = createLambdaFunction<SQSEvent, SQSBatchResponse>({
    ...{ name: 'worker', clock, random, trace, faults, timeoutMs: 60_000, retirePerInvocation: 0.1 },
    start: container => async event => {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce)
      return handler(event, container).finally(() => atOnce--)
    },
  })
  const execute = createSqsService(new Map([[url, queue]]), () => false)
  const sqs = createSqsClient({ clock, random, execute, faults: { slow: 0, slowMs: 0, failed: 0, lost: 0 } })
  startEventSource({ clock, random, trace, queue, queueUrl: url, worker, concurrency, sqs })
  return worker
}
const send = (people: number, each: number) => {
  for (let i = 0; i < people * each; i++)
    queue.send({ groupId: `p${i % people}`, body: `p${i % people} ${i}`, deduplicationId: `${i}` })
}
const done: SQSBatchResponse = { batchItemFailures: [] }

beforeEach(() => {
  clock = createVirtualClock()
  trace = createTrace()
  queue = new FifoQueue({
    name: 'events',
    clock,
    random: createRandom(2),
    visibilitySeconds: 360,
    retentionSeconds: 86_400,
  })
  atOnce = mostAtOnce = 0
})

test('every message is handled once, each group in order, at most three invocations at once', async () => {
  const seen: string[] = []
  connect(async ({ Records }, container) => {
    await container.clock.sleep(200)
    for (const { body } of Records) seen.push(body)
    return done
  })
  send(7, 13)
  await clock.runUntil(start + 300_000, () => queue.size === 0)
  expect(queue.size).toBe(0)
  expect(seen).toHaveLength(91)
  for (const [, bodies] of Map.groupBy(seen, body => body.split(' ')[0])) {
    const numbers = bodies.map(body => Number(body.split(' ')[1]))
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  }
  expect(mostAtOnce).toBe(3)
})

test('what the answer names comes again after its visibility, with its counts and first receive', async () => {
  const seen: string[] = []
  connect(async ({ Records }) => {
    for (const { body, attributes } of Records)
      seen.push(
        `${body} ${attributes.ApproximateReceiveCount} ${attributes.ApproximateFirstReceiveTimestamp}`,
      )
    const [first] = Records
    return seen.length <= 2 ? { batchItemFailures: [{ itemIdentifier: first?.messageId ?? '' }] } : done
  })
  send(2, 1)
  await clock.runUntil(start + 1_000_000, () => queue.size === 0)
  const [{ at = 0 } = {}] = trace.lines().filter(({ what }) => what === 'received')
  expect(seen).toEqual([`p0 0 1 ${at}`, `p1 1 1 ${at}`, `p0 0 2 ${at}`])
  expect(clock.now()).toBeGreaterThan(start + 360_000)
})

test('an answer that names a strange message fails the whole batch, as an exception does', async () => {
  const answers = [{ batchItemFailures: [{ itemIdentifier: 'strange' }] }, new Error('x'), done]
  let calls = 0
  connect(async () => {
    const answer = answers[calls++]
    if (answer instanceof Error) throw answer
    return answer ?? done
  })
  send(1, 2)
  await clock.runUntil(start + 2_000_000, () => queue.size === 0)
  expect([calls, queue.size]).toEqual([3, 0])
})

test('a container that is killed is replaced, and its batch comes again', async () => {
  const receives: string[] = []
  const worker = connect(
    async ({ Records }, container) => {
      await container.port('kustomer', () => clock.sleep(5))()
      receives.push(...Records.map(({ attributes }) => attributes.ApproximateReceiveCount))
      return done
    },
    2,
    0.5,
  )
  send(5, 20)
  await clock.runUntil(start + 50_000_000, () => queue.size === 0)
  expect(queue.size).toBe(0)
  expect(trace.lines().some(({ what, why }) => what === 'killed' && why === 'crash')).toBe(true)
  expect(receives.some(count => Number(count) > 1)).toBe(true)
  expect(worker.started).toBeGreaterThan(2)
})
