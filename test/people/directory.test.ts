import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDirectory } from '../../lib/people/directory.ts'
import { directory as limits } from '../../lib/policy.ts'

const of = (externalId: string, directory: ReturnType<typeof createDirectory>) => {
  const known = directory.get(externalId)
  return known && { id: known.id, addresses: [...known.addresses] }
}

test('unites the addresses of one customer, and starts anew for another id', () => {
  const directory = createDirectory()
  directory.learn('u1', 'id1', ['email:a'])
  directory.learn('u1', 'id1', ['email:b', 'email:a'])
  directory.learn('u1', 'id1')
  expect(of('u1', directory)).toEqual({ id: 'id1', addresses: ['email:a', 'email:b'] })
  directory.learn('u1', 'id2', ['email:c'])
  expect(of('u1', directory)).toEqual({ id: 'id2', addresses: ['email:c'] })
})

test('forgets', () => {
  const directory = createDirectory()
  directory.learn('u1', 'id1')
  directory.forget('u1')
  directory.forget('u2')
  expect(of('u1', directory)).toBeUndefined()
})

test('takes names that mean something to the language for what they are', () => {
  const directory = createDirectory()
  expect(['__proto__', 'constructor', 'toString'].map(id => of(id, directory))).toEqual(
    Array(3).fill(undefined),
  )
  directory.learn('__proto__', 'id1')
  expect(of('__proto__', directory)?.id).toBe('id1')
})

test('holds 10,000 people and drops whom it has not seen longest', () => {
  const directory = createDirectory()
  for (let index = 0; index < limits.maxPeople; index++) directory.learn(`u${index}`, 'id')
  directory.get('u0')
  directory.learn('one more', 'id')
  expect([of('u0', directory)?.id, of('u1', directory), of('one more', directory)?.id]).toEqual([
    'id',
    undefined,
    'id',
  ])
})

describe('with a clock that is told to go on', () => {
  let nowMs = 1_000
  beforeEach(() => {
    // The cache keeps the clock that it had at import, and reads it at most once a millisecond.
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })
  const elapse = (ms: number) => {
    nowMs += ms
    vi.advanceTimersByTime(ms)
  }

  test('remembers for an hour after it last learnt, not after it was last asked', () => {
    const directory = createDirectory()
    directory.learn('u1', 'id1')
    elapse(3_599_000)
    expect(of('u1', directory)?.id).toBe('id1')
    elapse(2_000)
    expect(of('u1', directory)).toBeUndefined()
  })
})
