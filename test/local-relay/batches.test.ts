import type { SQSRecord } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { doneIn } from '../../tools/local-relay/batch-answer.ts'
import type { Invocation } from '../../tools/local-relay/container-messages.ts'
import { createWorkerPool } from '../../tools/local-relay/worker-pool.ts'

const record = (messageId: string) => ({ messageId }) as SQSRecord

describe('an answer for a batch', () => {
  const batch = ['a', 'b', 'c'].map(id => record(id))
  const answered = (value: unknown): Invocation => ({ kind: 'answered', value })
  const failures = (...ids: unknown[]) =>
    answered({ batchItemFailures: ids.map(itemIdentifier => ({ itemIdentifier })) })

  it.each<[string, Invocation, string[] | undefined]>([
    ['none', answered(null), ['a', 'b', 'c']],
    ['an object without failures', answered({}), ['a', 'b', 'c']],
    ['no failures', answered({ batchItemFailures: [] }), ['a', 'b', 'c']],
    ['null for failures', answered({ batchItemFailures: null }), ['a', 'b', 'c']],
    ['one failure', failures('b'), ['a', 'c']],
    ['all as failures', failures('a', 'b', 'c'), []],
    ['a stranger as a failure', failures('b', 'z'), undefined],
    ['an empty identifier', failures(''), undefined],
    ['a failure that is null', answered({ batchItemFailures: [null] }), undefined],
    ['no list', answered({ batchItemFailures: 'b' }), undefined],
    ['a text', answered('fine'), undefined],
    ['an error', { kind: 'failed', error: 'Error' }, undefined],
    ['a crash', { kind: 'crashed' }, undefined],
    ['silence', { kind: 'timedOut' }, undefined],
  ])('that is %s', (_, invocation, done) => {
    expect(doneIn(batch, invocation)?.map(one => one.messageId)).toEqual(done)
  })
})

describe('the pool of workers', () => {
  it('returns the worker that has been free the longest, and no busy one', () => {
    const pool = createWorkerPool(2)
    expect([pool.take(), pool.take(), pool.take()]).toEqual([0, 1, undefined])
    pool.free(1)
    pool.free(0)
    expect([pool.take(), pool.take()]).toEqual([1, 0])
  })

  it('waits until one is free', async () => {
    const pool = createWorkerPool(1)
    await pool.whenFree()
    pool.take()
    let isFree = false
    const waits = pool.whenFree().then(() => {
      isFree = true
    })
    await Promise.resolve()
    expect(isFree).toBe(false)
    pool.free(0)
    await waits
    expect(pool.take()).toBe(0)
  })
})
