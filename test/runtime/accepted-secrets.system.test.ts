import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterEach, expect, test } from 'vitest'
import { acceptedSecrets } from '../../lib/runtime/accepted-secrets.ts'
import { type SecretStore, startSecretStore } from '../../tools/local-relay/secret-store.ts'
import { fakeClock } from './fake-clock.ts'

const dayMs = 86_400_000
let store: SecretStore
afterEach(() => store.close())

/** A real client of a store with one secret named `webhook`. The clock starts when the secret was created. */
async function readerOf(value: string) {
  store = await startSecretStore({ webhook: value })
  const client = new SecretsManagerClient({
    region: 'us-east-1',
    credentials: store.credentials,
    endpoint: store.url,
    maxAttempts: 1,
  })
  const clock = fakeClock(Date.now())
  return { clock, read: acceptedSecrets('webhook', client, clock) }
}

test('a secret that was never changed has one value, which is trimmed', async () => {
  const { read } = await readerOf(' one\n')
  expect(await read()).toEqual(['one'])
})

test('the value before a rotation is accepted for one day', async () => {
  const { clock, read } = await readerOf('one')
  store.rotate('webhook', 'two')
  expect(await read()).toEqual(['two', 'one'])
  await clock.elapse(dayMs - 60_000)
  expect(await read()).toEqual(['two', 'one'])
  await clock.elapse(120_000)
  expect(await read()).toEqual(['two'])
})

test('one day after a rotation one read is enough', async () => {
  const { clock, read } = await readerOf('one')
  store.rotate('webhook', 'two')
  await read()
  expect(store.requests).toBe(2)
  await clock.elapse(dayMs + 60_000)
  await read()
  expect(store.requests).toBe(3)
})

test('a store that is down, a secret that does not exist and one without a value reject', async () => {
  const { read } = await readerOf(' ')
  await expect(read()).rejects.toThrow('no value')
  store.switchTo('down')
  await expect(read()).rejects.toThrow()
  const client = new SecretsManagerClient({
    region: 'us-east-1',
    credentials: store.credentials,
    endpoint: store.url,
    maxAttempts: 1,
  })
  store.switchTo('up')
  await expect(acceptedSecrets('other', client, fakeClock())()).rejects.toThrow()
})
