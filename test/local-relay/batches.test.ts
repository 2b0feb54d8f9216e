import type { SQSRecord } from 'aws-lambda'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { doneIn } from '../../tools/local-relay/batch-answer.ts'
import type { Invocation } from '../../tools/local-relay/container-messages.ts'
import { createWorkerPool } from '../../tools/local-relay/worker-pool.ts'

const record = (messageId: string, group = messageId) =>
  ({ messageId, attributes: { MessageGroupId: group } }) as SQSRecord

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
  const shared = (pool: ReturnType<typeof createWorkerPool>, ...groups: string[]) =>
    [...pool.share(groups.map(group => record(group)))].map(([worker, records]) => [
      worker,
      records.map(one => one.messageId).join(''),
    ])

  it('prefers the lowest free worker, and for a known group the worker that had it', () => {
    const pool = createWorkerPool(2)
    expect(shared(pool, 'a', 'b')).toEqual([[0, 'ab']])
    expect(shared(pool, 'c')).toEqual([[1, 'c']])
    pool.free(0)
    pool.free(1)
    expect(shared(pool, 'c', 'd', 'a')).toEqual([
      [1, 'c'],
      [0, 'da'],
    ])
  })

  it('gives a group to another worker where its own is busy', () => {
    const pool = createWorkerPool(2)
    shared(pool, 'a')
    expect(shared(pool, 'a')).toEqual([[1, 'a']])
  })

  it('waits for the worker of a group while that is quick, and not for one that is slow', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const pool = createWorkerPool(2)
    shared(pool, 'a')
    const waits = pool.whenBest([record('a')]).then(() => shared(pool, 'a'))
    vi.advanceTimersByTime(400)
    pool.free(0)
    expect(await waits).toEqual([[0, 'a']])
    vi.advanceTimersByTime(600)
    await pool.whenBest([record('a')])
    pool.free(0)
    shared(pool, 'a')
    await pool.whenBest([record('a'), record('b')])
    expect(shared(pool, 'a')).toEqual([[1, 'a']])
  })
})
