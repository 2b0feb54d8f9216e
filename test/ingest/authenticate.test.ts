import { describe, expect, test } from 'vitest'
import { createAuthenticate } from '../../lib/ingest/authenticate.ts'
import { webhook } from '../../lib/policy.ts'
import { createSecret, SecretUnavailableError } from '../../lib/runtime/secrets.ts'
import { fakeClock } from '../runtime/fake-clock.ts'

const refetchMs = webhook.secretRefetchSeconds * 1000

/** A store of both stages with a cache in front, as the function has it, and the reads that came to the store. */
function authenticating(current: string | undefined, previous?: string) {
  const clock = fakeClock()
  const stages: { current: string | undefined; previous: string | undefined; isDown: boolean } = {
    ...{ current, previous },
    isDown: false,
  }
  const reads: string[] = []
  const cached = <Name extends 'current' | 'previous'>(name: Name) => {
    let cache: { value: string | undefined } | undefined
    return async (isFresh: boolean) => {
      if (cache && !isFresh) return cache.value
      reads.push(name)
      if (stages.isDown) throw new Error('down')
      cache = { value: stages[name] }
      return cache.value
    }
  }
  const currentSecret = createSecret(async isFresh => {
    const value = await fetchCurrent(isFresh)
    if (value === undefined) throw new Error('no current value')
    return value
  }, clock)
  const fetchCurrent = cached('current')
  const previousSecret = createSecret(cached('previous'), clock)
  const isKnown = createAuthenticate({ current: currentSecret, previous: previousSecret, clock })
  const ask = async (secret: string, waitMs = 0) => {
    const answer = isKnown({ authorization: `Bearer ${secret}` })
    answer.catch(() => undefined)
    await clock.elapse(waitMs)
    return answer
  }
  return { ask, clock, isKnown, reads, stages }
}

describe('a caller', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['a bearer token', { authorization: 'Bearer one' }, true],
    ['a token in other letter case and blanks', { authorization: 'bearer  one ' }, true],
    ['its own header', { 'x-webhook-secret': 'one' }, true],
    ['one right of two', { authorization: 'Basic abc', 'x-webhook-secret': 'one' }, true],
    ['nothing', {}, false],
    ['blank headers', { authorization: 'Bearer  ', 'x-webhook-secret': ' ' }, false],
    ['the bare secret as authorization', { authorization: 'one' }, false],
  ])('with %s is known: %s', async (_, headers, expected) => {
    expect(await authenticating('one').isKnown(headers)).toBe(expected)
  })

  test('with the current secret costs one read of one stage', async () => {
    const { ask, reads } = authenticating('two', 'one')
    expect([await ask('two'), await ask('two')]).toEqual([true, true])
    expect(reads).toEqual(['current'])
  })

  test('with the previous secret is known', async () => {
    expect(await authenticating('two', 'one').ask('one')).toBe(true)
  })

  test('with the secret before the previous is not', async () => {
    expect(await authenticating('three', 'two').ask('one')).toBe(false)
  })

  test('is not known by an empty previous stage', async () => {
    const { isKnown, clock } = authenticating('one', '')
    const answer = isKnown({ authorization: 'Bearer undefined' })
    await clock.elapse(0)
    expect(await answer).toBe(false)
  })
})

describe('a rotation', () => {
  test('is noticed by the first caller with the new secret', async () => {
    const { ask, stages } = authenticating('one')
    await ask('one')
    Object.assign(stages, { current: 'two', previous: 'one' })
    expect([await ask('two'), await ask('one')]).toEqual([true, true])
  })

  test('right after a wrong secret is noticed too: the caller waits for its turn', async () => {
    const { ask, stages } = authenticating('one')
    expect(await ask('wrong')).toBe(false)
    Object.assign(stages, { current: 'two', previous: 'one' })
    expect(await ask('two', refetchMs)).toBe(true)
  })
})

test('wrong secrets cost one renewal in each interval, however many they are', async () => {
  const { ask, clock, isKnown, reads } = authenticating('one')
  await ask('wrong')
  reads.length = 0
  const wrong = Array.from({ length: 50 }, (_, index) => isKnown({ 'x-webhook-secret': `wrong ${index}` }))
  await clock.elapse(refetchMs - 1)
  expect(reads).toEqual([])
  await clock.elapse(1)
  expect(await Promise.all(wrong)).toEqual(wrong.map(() => false))
  expect(reads.toSorted()).toEqual(['current', 'previous'])
})

describe('a store that is down', () => {
  test('from the start throws and never says no', async () => {
    const { ask, stages } = authenticating('one')
    stages.isDown = true
    await expect(ask('one')).rejects.toThrow(SecretUnavailableError)
    await expect(ask('wrong', refetchMs)).rejects.toThrow(SecretUnavailableError)
  })

  test('later still knows the secret that it gave', async () => {
    const { ask, stages } = authenticating('one')
    await ask('one')
    stages.isDown = true
    expect(await ask('one')).toBe(true)
  })

  test('later says no to nobody: the secret may have been rotated', async () => {
    const { ask, stages } = authenticating('one')
    await ask('one')
    await ask('wrong')
    stages.isDown = true
    await expect(ask('two', refetchMs)).rejects.toThrow(SecretUnavailableError)
  })

  test('and up again says no again', async () => {
    const { ask, clock, stages } = authenticating('one')
    await ask('wrong')
    stages.isDown = true
    await expect(ask('wrong', refetchMs)).rejects.toThrow(SecretUnavailableError)
    stages.isDown = false
    await clock.elapse(30_000)
    expect(await ask('wrong', refetchMs)).toBe(false)
  })
})
