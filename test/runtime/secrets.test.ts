import { describe, expect, test } from 'vitest'
import { createSecret, type FetchSecret, SecretUnavailableError } from '../../lib/runtime/secrets.ts'
import { fakeClock } from './fake-clock.ts'

/** A store with one value that can be down, and its requests. */
function store(value: string | undefined) {
  const asked: boolean[] = []
  const state = { value, asked }
  const fetch: FetchSecret = async isFresh => {
    asked.push(isFresh)
    if (state.value === undefined) throw new RangeError('a message that may hold anything')
    return state.value
  }
  return { state, fetch }
}

describe('createSecret', () => {
  test('reads the store only on demand, and skips caches for a renewal', async () => {
    const { state, fetch } = store('one')
    const secret = createSecret(fetch, fakeClock())
    expect(state.asked).toEqual([])
    expect([await secret.get(), await secret.renew()]).toEqual(['one', 'one'])
    expect(state.asked).toEqual([false, true])
  })

  test('throws while the store is down from the start, and tries again each time', async () => {
    const { state, fetch } = store(undefined)
    const secret = createSecret(fetch, fakeClock())
    await expect(secret.get()).rejects.toThrow(SecretUnavailableError)
    await expect(secret.renew()).rejects.toThrow('no secret: RangeError')
    state.value = 'one'
    expect(await secret.get()).toBe('one')
    expect(state.asked.length).toBe(3)
  })

  test('returns the last value while the store is down, and does not try again for 30 s', async () => {
    const clock = fakeClock()
    const { state, fetch } = store('one')
    const secret = createSecret(fetch, clock)
    await secret.get()
    state.value = undefined
    expect(await secret.renew()).toBe('one')
    await clock.elapse(29_999)
    expect([await secret.get(), await secret.renew()]).toEqual(['one', 'one'])
    expect(state.asked.length).toBe(2)
    state.value = 'two'
    await clock.elapse(1)
    expect(await secret.get()).toBe('two')
  })
})
