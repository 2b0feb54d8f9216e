import { buildApp } from 'fauxqs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SqsProxy, startSqsProxy } from '../../queue/sqs-proxy.ts'
import { balanced, startTestRelay, steps, type TestRelay, until } from '../relay-harness.ts'

let app: ReturnType<typeof buildApp>
let sqs: SqsProxy
let one: TestRelay
beforeEach(async () => {
  app = buildApp({ logger: false })
  sqs = await startSqsProxy(await app.listen({ host: '127.0.0.1', port: 0 }))
  one = await startTestRelay({ sqsEndpoint: sqs.url })
})
afterEach(async () => {
  await one.close()
  await sqs.close()
  await app.close()
})

describe('SQS has faults', () => {
  test('the dead-letter queue refuses a message: the event is retried and not lost, and its person waits', async () => {
    let refusals = 0
    sqs.judge = ({ action, body }) => {
      const isBurial = action === 'SendMessage' && body.QueueUrl === one.relay.deadLetterQueueUrl
      return isBurial && ++refusals <= 3 ? { status: 500 } : 'pass'
    }
    const when = { externalId: 'Ann' }
    one.standIn.fault({ when, times: 3, do: { kind: 'status', status: 422 } })
    await one.send(...steps('Ann', 3), ...steps('Ben', 3))
    await until(() => refusals > 3, 'a dead letter that is taken')
    one.standIn.clearFaults()
    expect(await one.settled()).toEqual(balanced(6, ['Step-Ann-1']))
    expect((await one.deadLetters()).map(({ code }) => code)).toEqual(['REJECTED'])
  })

  test('ChangeMessageVisibilityBatch fails in part: it is repeated once, then the visibility timeout applies', async () => {
    const failures: string[][] = []
    sqs.judge = ({ action, body }) => {
      if (action !== 'ChangeMessageVisibilityBatch' || failures.length === 2) return 'pass'
      const fail = body.Entries?.slice(0, 1).map(({ Id }) => Id) ?? []
      failures.push(fail)
      return { fail }
    }
    one.standIn.fault({ times: 4, do: { kind: 'status', status: 503 } })
    await one.send(...steps('Ann', 2), ...steps('Ben', 2), ...steps('Cyd', 2), ...steps('Dan', 2))
    await until(() => failures.length === 2, 'a delay that fails twice')
    // The others of the batch are retried. The one that failed twice waits for its visibility timeout.
    await until(async () => (await one.relay.status()).delivered === 6, 'the others')
    await one.release()
    expect(await one.settled()).toEqual(balanced(8))
    expect(failures).toEqual([['0'], ['0']])
  })

  test('the queue accepts only some of the events: ingest answers 503, and a second request completes them', async () => {
    let isFirst = true
    sqs.judge = ({ action }) => {
      if (action !== 'SendMessageBatch' || !isFirst) return 'pass'
      isFirst = false
      return { fail: ['1'] }
    }
    const sent = steps('Ann', 1).concat(steps('Ben', 1), steps('Cyd', 1))
    const { status } = await one.post(sent.map(({ event }) => event))
    expect(status).toBe(503)
    await one.send(...sent)
    expect(await one.settled()).toEqual(balanced(3))
  })

  test('no request is answered for a while: 503 at ingest, and accepted events are delivered later', async () => {
    one.standIn.fault({ do: { kind: 'status', status: 500 } })
    await one.send(...steps('Ann', 2))
    sqs.judge = () => ({ status: 503 })
    expect((await one.post(steps('Ben', 1)[0]?.event)).status).toBe(503)
    sqs.judge = () => 'pass'
    await one.send(...steps('Cyd', 1))
    expect(await one.settled()).toEqual(balanced(3))
  })
})
