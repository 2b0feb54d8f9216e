import { describe, expect, test } from 'vitest'
import { createAuthenticate } from '../../lib/ingest/authenticate.ts'
import { secrets, webhook } from '../../lib/policy.ts'
import { SecretUnavailableError } from '../../lib/runtime/secrets.ts'
import { fakeClock } from '../runtime/fake-clock.ts'

const refetchMs = webhook.secretRefetchSeconds * 1000

/** The check of callers with a store whose values can be changed, and the times of the reads of this store. */
function authenticating(...accepted: string[]) {
  const clock = fakeClock(0)
  const store = { accepted, isDown: false, answer: Promise.resolve() }
  const reads: number[] = []
  const isKnown = createAuthenticate({
    clock,
    async readSecrets() {
      reads.push(clock.now())
      await store.answer
      if (store.isDown) throw new Error('down')
      return store.accepted
    },
  })
  const ask = (secret: string) => isKnown({ authorization: `Bearer ${secret}` })
  return { ask, clock, isKnown, reads, store }
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
    ['the word undefined', { authorization: 'Bearer undefined' }, false],
  ])('with %s (%j) is accepted: %s', async (_, headers, expected) => {
    expect(await authenticating('one').isKnown(headers)).toBe(expected)
  })

  test('with the right secret costs one read in five minutes', async () => {
    const { ask, clock, reads } = authenticating('two', 'one')
    expect([await ask('two'), await ask('one')]).toEqual([true, true])
    await clock.elapse(secrets.maxAgeSeconds * 1000 - 1)
    await ask('two')
    expect(reads).toEqual([0])
    await clock.elapse(1)
    await ask('two')
    expect(reads.length).toBe(2)
  })

  test('without a secret costs no read', async () => {
    const { isKnown, reads } = authenticating('one')
    await isKnown({})
    expect(reads).toEqual([])
  })

  test('with a replaced secret is no longer accepted after five minutes', async () => {
    const { ask, clock, store } = authenticating('one')
    await ask('one')
    store.accepted = ['two']
    await clock.elapse(secrets.maxAgeSeconds * 1000)
    expect(await ask('one')).toBe(false)
  })
})

describe('a rotation', () => {
  test('is noticed by the first caller with the new secret, ten seconds after the last read', async () => {
    const { ask, clock, store } = authenticating('one')
    await ask('one')
    store.accepted = ['two', 'one']
    await clock.elapse(refetchMs)
    expect([await ask('two'), await ask('one')]).toEqual([true, true])
  })

  test('within ten seconds of the last read is a refusal at once: no caller waits', async () => {
    const { ask, clock, store, reads } = authenticating('one')
    await ask('one')
    store.accepted = ['two', 'one']
    await clock.elapse(refetchMs - 1)
    expect(await ask('two')).toBe(false)
    expect(reads.length).toBe(1)
  })
})

describe('a flood of wrong secrets', () => {
  test('is answered at once and costs one read of the store in ten seconds', async () => {
    const { ask, clock, reads } = authenticating('one')
    for (let second = 0; second < 60; second++) {
      const wrong = await Promise.all(Array.from({ length: 50 }, (_, i) => ask(`wrong ${i}`)))
      expect(new Set(wrong)).toEqual(new Set([false]))
      await clock.elapse(1000)
    }
    expect(reads).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000])
  })

  test('shares one running read, and so does a right secret', async () => {
    const { ask, reads, store } = authenticating('one')
    const { promise, resolve } = Promise.withResolvers<void>()
    store.answer = promise
    const answers = Promise.all([ask('wrong'), ask('one'), ask('wrong')])
    resolve()
    expect(await answers).toEqual([false, true, false])
    expect(reads.length).toBe(1)
  })

  test('does not block a caller with the right secret', async () => {
    const { ask } = authenticating('one')
    await Promise.all(Array.from({ length: 50 }, (_, i) => ask(`wrong ${i}`)))
    expect(await ask('one')).toBe(true)
  })
})

describe('a store that is down', () => {
  test('from the start makes the check throw, refuses no caller, and is read once in ten seconds', async () => {
    const { ask, clock, reads, store } = authenticating('one')
    store.isDown = true
    await expect(ask('one')).rejects.toThrow(SecretUnavailableError)
    await expect(ask('wrong')).rejects.toThrow(SecretUnavailableError)
    expect(reads.length).toBe(1)
    store.isDown = false
    await clock.elapse(refetchMs)
    expect(await ask('one')).toBe(true)
  })

  test('later accepts the last known secret, as long as it is down', async () => {
    const { ask, clock, store } = authenticating('one')
    await ask('one')
    store.isDown = true
    await clock.elapse(secrets.maxAgeSeconds * 10_000)
    expect(await ask('one')).toBe(true)
  })

  test('later refuses no caller, because the secret may have been rotated', async () => {
    const { ask, clock, store } = authenticating('one')
    await ask('one')
    store.isDown = true
    await clock.elapse(refetchMs)
    await expect(ask('two')).rejects.toThrow(SecretUnavailableError)
    await expect(ask('two')).rejects.toThrow(SecretUnavailableError)
  })

  test('refuses wrong secrets when it is up again', async () => {
    const { ask, clock, store } = authenticating('one')
    store.isDown = true
    await expect(ask('wrong')).rejects.toThrow(SecretUnavailableError)
    store.isDown = false
    await clock.elapse(refetchMs)
    expect(await ask('wrong')).toBe(false)
  })
})
