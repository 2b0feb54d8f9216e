import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterEach, expect, test } from 'vitest'
import { secretStore } from '../../lib/runtime/secret-store.ts'
import { type SecretStore, startSecretStore } from '../../tools/local-relay/secret-store.ts'
import { fakeClock } from './fake-clock.ts'

let store: SecretStore
afterEach(() => store.close())

/** A real client before a store with one secret named `key`. */
async function stagesOf(value: string) {
  store = await startSecretStore({ key: value })
  const client = new SecretsManagerClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    endpoint: store.url,
    maxAttempts: 1,
  })
  const clock = fakeClock()
  return { clock, ...secretStore('key', client, clock) }
}

test('reads the current value without its blanks, once until it is read anew', async () => {
  const { current } = await stagesOf(' one\n')
  expect([await current(false), await current(false)]).toEqual(['one', 'one'])
  expect(store.requests).toBe(1)
  store.rotate('key', 'two')
  expect([await current(false), await current(true), await current(false)]).toEqual(['one', 'two', 'two'])
})

test('a stage that does not exist is no value, and is not asked for again within five minutes', async () => {
  const { clock, previous } = await stagesOf('one')
  expect([await previous(false), await previous(false)]).toEqual([undefined, undefined])
  expect(store.requests).toBe(1)
  await clock.elapse(300_000)
  await previous(false)
  expect(store.requests).toBe(2)
})

test('after a rotation both stages have their own value', async () => {
  const { current, previous } = await stagesOf('one')
  await previous(false)
  store.rotate('key', 'two')
  expect([await current(true), await previous(true)]).toEqual(['two', 'one'])
  expect([await current(false), await previous(false)]).toEqual(['two', 'one'])
})

test('a store that is down rejects for both stages', async () => {
  const { current, previous } = await stagesOf('one')
  store.switchTo('down')
  await expect(current(false)).rejects.toThrow()
  await expect(previous(false)).rejects.toThrow()
})

test.each(['', ' ', 'two words', 'schlüssel', 'line\nbreak'])(
  'a value that no header carries rejects: %j',
  async value => {
    const { current } = await stagesOf(value)
    await expect(current(false)).rejects.toThrow()
  },
)
