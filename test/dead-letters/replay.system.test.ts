import { randomUUID } from 'node:crypto'
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { describe, expect, test, vi } from 'vitest'
import { replaysIn } from '../../lib/queue/replays.ts'
import { evenly } from '../../tools/dead-letters/evenly.ts'
import { prepareReplay } from '../../tools/dead-letters/prepare.ts'
import type { Queues } from '../../tools/dead-letters/queues.ts'
import { replay } from '../../tools/dead-letters/replay.ts'
import { type ScanOptions, withDeadLetters } from '../../tools/dead-letters/scan.ts'
import { localClient } from '../../tools/local-relay/local-aws.ts'
import { sqsRecord } from '../../tools/local-relay/sqs-record.ts'
import type { Passing, Verdict } from '../queue/sqs-proxy.ts'
import { deadLetter, groupOf, sealedTrack, startRig } from './rig.ts'

const quick: ScanOptions = { waitSeconds: 0 }
const atOnce = { perSecond: 1e6 }

/** A rig with a proxy between the tool and SQS. */
async function startProxied(judge?: (passing: Passing) => Verdict) {
  const rig = await startRig()
  const proxy = await rig.proxy(judge)
  const sqs = new SQSClient({
    ...localClient(rig.queues.credentials, proxy.url),
    useQueueUrlAsEndpoint: false,
  })
  return { rig, proxy, queues: { ...rig.queues, sqs } }
}

/** A message as SQS's own redrive moves it: only the body, in the person's group. */
async function moveAsSqsDoes({ sqs, deadLetterQueueUrl }: Queues, body: string) {
  const ids = { MessageGroupId: groupOf('ann'), MessageDeduplicationId: randomUUID() }
  await sqs.send(new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody: body, ...ids }))
}

function names(report: Awaited<ReturnType<typeof replay>>) {
  const of = (list: { deadLetter: { eventId?: string } }[]) => list.map(one => one.deadLetter.eventId)
  return [report.replayed.map(one => one.eventId), of(report.notReplayed), of(report.notDeleted)]
}

describe('withDeadLetters', () => {
  test('reads every dead letter once, oldest failure first, and releases all at once', async () => {
    const { rig, queues } = await startProxied()
    await rig.sendDeadLetter(Array.from({ length: 35 }, (_, i) => deadLetter('ann', 35 - i)))
    const read = () =>
      withDeadLetters(queues, quick, async batch => [batch.deadLetters.map(one => one.eventId), batch.unseen])
    const expected = [Array.from({ length: 35 }, (_, i) => `ann-${i + 1}`), 0]
    expect(await read()).toEqual(expected)
    expect(await read()).toEqual(expected)
    expect(await rig.hidden()).toEqual([])
  })

  test('releases its dead letters when the work throws', async () => {
    const { rig, queues } = await startProxied()
    await rig.sendDeadLetter([deadLetter('ann', 1), deadLetter('bob', 2)])
    await expect(withDeadLetters(queues, quick, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await rig.hidden()).toEqual([])
  })

  test('releases what it has read when a later read fails', async () => {
    let receives = 0
    const { rig, queues } = await startProxied(({ action }) =>
      action === 'ReceiveMessage' && ++receives > 1 ? 'refuse' : 'pass',
    )
    await rig.sendDeadLetter(Array.from({ length: 15 }, (_, i) => deadLetter('ann', i)))
    await expect(withDeadLetters(queues, quick, async () => 0)).rejects.toThrow('not for you')
    expect(await rig.hidden()).toEqual([])
  })

  test('reports how many dead letters another reader has, and how many it could not release', async () => {
    const { rig, queues } = await startProxied(({ action }) =>
      action === 'ChangeMessageVisibilityBatch' ? 'refuse' : 'pass',
    )
    await rig.sendDeadLetter([deadLetter('ann', 1), deadLetter('bob', 2)])
    const kept = vi.fn()
    const { sqs, deadLetterQueueUrl } = rig.queues
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetterQueueUrl }))
    const seen = await withDeadLetters(queues, { ...quick, onKept: kept }, async batch => [
      batch.deadLetters.length,
      batch.unseen,
    ])
    expect([seen, kept.mock.calls]).toEqual([[1, 1], [[1, 60]]])
  })

  test('renews the lease, so that other readers do not see its dead letters', async () => {
    const { rig, proxy, queues } = await startProxied()
    await rig.sendDeadLetter([deadLetter('ann', 1)])
    const { sqs, deadLetterQueueUrl } = rig.queues
    await withDeadLetters(queues, { ...quick, leaseSeconds: 3 }, async batch => {
      const renewals = () =>
        proxy.log.filter(({ action }) => action === 'ChangeMessageVisibilityBatch').length
      await vi.waitUntil(() => renewals() >= 4, { timeout: 200_000 })
      expect(
        (await sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetterQueueUrl }))).Messages,
      ).toBeUndefined()
      expect(names(await replay(batch, prepareReplay(batch.deadLetters), atOnce))).toEqual([
        ['ann-1'],
        [],
        [],
      ])
    })
    expect([await rig.deadLetters(), (await rig.waiting()).length]).toEqual([[], 1])
  })

  test('counts dead letters of one group that SQS has moved, and reads them one after the other', async () => {
    const { rig, queues } = await startProxied()
    for (const n of [1, 2]) await moveAsSqsDoes(rig.queues, sealedTrack('ann', n))
    const round = () =>
      withDeadLetters(queues, quick, async batch => {
        const report = await replay(batch, prepareReplay(batch.deadLetters), atOnce)
        return [...names(report), batch.unseen]
      })
    expect([await round(), await round()]).toEqual([
      [['ann-1'], [], [], 1],
      [['ann-2'], [], [], 0],
    ])
    expect((await rig.waiting()).map(one => one.body)).toEqual([sealedTrack('ann', 1), sealedTrack('ann', 2)])
  })
})

describe('replay', () => {
  const run = (queues: Queues) =>
    withDeadLetters(queues, quick, batch => replay(batch, prepareReplay(batch.deadLetters), atOnce))

  test('after a failed send keeps the later dead letters of that person only', async () => {
    const { rig, queues } = await startProxied(({ action, body }) =>
      action === 'SendMessage' && body.MessageBody === sealedTrack('ann', 1) ? 'refuse' : 'pass',
    )
    await rig.sendDeadLetter([
      deadLetter('ann', 0),
      deadLetter('ann', 1),
      deadLetter('ann', 2),
      deadLetter('bob', 3),
    ])
    const report = await run(queues)
    expect(names(report)).toEqual([['ann-0', 'bob-3'], ['ann-1', 'ann-2'], []])
    expect(report.notReplayed.map(one => one.why)).toEqual([
      'AccessDenied: not for you',
      'an earlier event of the same person could not be sent',
    ])
    expect((await rig.deadLetters()).map(one => one.body)).toEqual([
      sealedTrack('ann', 1),
      sealedTrack('ann', 2),
    ])
    expect(await rig.hidden()).toEqual([])
  })

  test('stops when the queue accepts nothing, and loses nothing', async () => {
    const { rig, proxy, queues } = await startProxied(({ action }) =>
      action === 'SendMessage' ? 'refuse' : 'pass',
    )
    await rig.sendDeadLetter(Array.from({ length: 30 }, (_, i) => deadLetter(`p${i}`, i)))
    const report = await run(queues)
    expect(report.notReplayed).toHaveLength(30)
    // Five failures in a row, and those that were being sent at the same time.
    const sends = proxy.log.filter(({ action }) => action === 'SendMessage').length
    expect(sends).toBeGreaterThanOrEqual(5)
    expect(sends).toBeLessThanOrEqual(12)
    expect([(await rig.deadLetters()).length, await rig.hidden()]).toEqual([30, []])
  })

  test('lists what was sent but could not be deleted, and continues', async () => {
    let deletes = 0
    const { rig, queues } = await startProxied(({ action }) =>
      action === 'DeleteMessage' && ++deletes === 1 ? 'refuse' : 'pass',
    )
    await rig.sendDeadLetter([deadLetter('ann', 1), deadLetter('ann', 2)])
    const report = await run(queues)
    expect(names(report)).toEqual([['ann-2'], [], ['ann-1']])
    expect([(await rig.waiting()).length, (await rig.deadLetters()).length]).toEqual([2, 1])
    expect(await rig.hidden()).toEqual([])
  })

  test('sends nothing that another reader may have received', async () => {
    let isDown = false
    const { rig, queues } = await startProxied(() => (isDown ? 'refuse' : 'pass'))
    await rig.sendDeadLetter([deadLetter('ann', 1)])
    const { sqs, deadLetterQueueUrl } = rig.queues
    const report = await withDeadLetters(queues, { ...quick, leaseSeconds: 1 }, async batch => {
      isDown = true
      await vi.waitUntil(
        async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetterQueueUrl }))).Messages,
        { timeout: 200_000 },
      )
      isDown = false
      return replay(batch, prepareReplay(batch.deadLetters), atOnce)
    })
    expect(report.notReplayed.map(one => one.why)).toEqual(['its lease could not be renewed'])
    expect(await rig.waiting()).toEqual([])
  })

  test('sends a dead letter that was in the queue a moment ago', async () => {
    const { rig, queues } = await startProxied()
    for (let round = 0; round < 2; round++) {
      await rig.sendDeadLetter([deadLetter('ann', 1, { messageId: `round ${round}` })])
      await run(queues)
    }
    const waiting = await rig.waiting()
    expect(waiting.map(one => one.messageGroupId)).toEqual([groupOf('ann'), groupOf('ann')])
  })
})

test('a replayed message has its number of replays, and so has its next dead letter', async () => {
  const { rig, queues } = await startProxied()
  await rig.sendDeadLetter([deadLetter('ann', 1), deadLetter('bob', 2, { replays: 2 })])
  await withDeadLetters(queues, quick, batch => replay(batch, prepareReplay(batch.deadLetters), atOnce))
  const { sqs, queueUrl } = rig.queues
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  )
  const replays = Messages.map(message => replaysIn(sqsRecord(message, queueUrl).messageAttributes))
  expect(replays.toSorted()).toEqual([1, 3])
})

test('evenly resolves at equal intervals, never in bursts', async () => {
  let now = 0
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms
    },
  }
  const pass = evenly(5, clock)
  const passages: number[] = []
  for (const workMs of [0, 50, 50, 900, 0, 0, 0]) {
    await pass()
    passages.push(now)
    now += workMs
  }
  expect(passages).toEqual([0, 200, 400, 600, 1500, 1700, 1900])
})
