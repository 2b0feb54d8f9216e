import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterEach, expect, test } from 'vitest'
import { secretStore } from '../../lib/runtime/secret-store.ts'
import { type SecretStore, startSecretStore } from '../../tools/local-relay/secret-store.ts'

let store: SecretStore
afterEach(() => store.close())

/** A real client of a store with one secret named `key`. */
async function fetchOf(value: string) {
  store = await startSecretStore({ key: value })
  const client = new SecretsManagerClient({
    region: 'us-east-1',
    credentials: store.credentials,
    endpoint: store.url,
    maxAttempts: 1,
  })
  return secretStore('key', client)
}

test('reads the current value, trimmed, and keeps it until it is renewed', async () => {
  const fetch = await fetchOf(' one\n')
  expect([await fetch(false), await fetch(false)]).toEqual(['one', 'one'])
  expect(store.requests).toBe(1)
  store.rotate('key', 'two')
  expect([await fetch(false), await fetch(true), await fetch(false)]).toEqual(['one', 'two', 'two'])
})

test('a store that is down rejects', async () => {
  const fetch = await fetchOf('one')
  store.switchTo('down')
  await expect(fetch(false)).rejects.toThrow()
})

test.each(['', ' ', 'two words', 'schlüssel', 'line\nbreak'])(
  'a value that is not valid in a header rejects: %j',
  async value => {
    const fetch = await fetchOf(value)
    await expect(fetch(false)).rejects.toThrow()
  },
)
