import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPersonRecords } from '../../lib/people/person-records.ts'
import { personRecords as limits } from '../../lib/policy.ts'

const of = (externalId: string, personRecords: ReturnType<typeof createPersonRecords>) => {
  const known = personRecords.get(externalId)
  return known && { id: known.id, addresses: [...known.addresses] }
}

test('unites the addresses of one customer, and starts anew for another id', () => {
  const personRecords = createPersonRecords()
  personRecords.learn('u1', 'id1', ['email:a'])
  personRecords.learn('u1', 'id1', ['email:b', 'email:a'])
  personRecords.learn('u1', 'id1')
  expect(of('u1', personRecords)).toEqual({ id: 'id1', addresses: ['email:a', 'email:b'] })
  personRecords.learn('u1', 'id2', ['email:c'])
  expect(of('u1', personRecords)).toEqual({ id: 'id2', addresses: ['email:c'] })
})

test('forgets', () => {
  const personRecords = createPersonRecords()
  personRecords.learn('u1', 'id1')
  personRecords.forget('u1')
  personRecords.forget('u2')
  expect(of('u1', personRecords)).toBeUndefined()
})

test('takes names that mean something to the language for what they are', () => {
  const personRecords = createPersonRecords()
  expect(['__proto__', 'constructor', 'toString'].map(id => of(id, personRecords))).toEqual(
    Array(3).fill(undefined),
  )
  personRecords.learn('__proto__', 'id1')
  expect(of('__proto__', personRecords)?.id).toBe('id1')
})

test('holds 10,000 people and drops whom it has not seen longest', () => {
  const personRecords = createPersonRecords()
  for (let index = 0; index < limits.maxPeople; index++) personRecords.learn(`u${index}`, 'id')
  personRecords.get('u0')
  personRecords.learn('one more', 'id')
  expect([of('u0', personRecords)?.id, of('u1', personRecords), of('one more', personRecords)?.id]).toEqual([
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
    const personRecords = createPersonRecords()
    personRecords.learn('u1', 'id1')
    elapse(3_599_000)
    expect(of('u1', personRecords)?.id).toBe('id1')
    elapse(2_000)
    expect(of('u1', personRecords)).toBeUndefined()
  })
})
