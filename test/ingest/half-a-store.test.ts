import { expect, test } from 'vitest'
import { createAuthenticate } from '../../lib/ingest/authenticate.ts'
import { type Secret, SecretUnavailableError } from '../../lib/runtime/secrets.ts'

const secret = (value: string, isStale: boolean): Secret => ({
  get: async () => value,
  renew: async () => value,
  isStale: () => isStale,
})
const headers = { 'x-webhook-secret': 'three' }
const clock = { now: () => 0, sleep: async () => undefined }

test.each([
  [false, true],
  [true, false],
  [true, true],
])(
  'an unknown secret is no "no" while a stage may be stale: current %s, previous %s',
  async (now, before) => {
    const [current, previous] = [secret('two', now), secret('one', before)]
    const isKnown = createAuthenticate({ current, previous, clock })
    await expect(isKnown(headers)).rejects.toThrow(SecretUnavailableError)
    expect(await isKnown({ 'x-webhook-secret': 'one' })).toBe(true)
  },
)

test('an unknown secret is a "no" where both stages are fresh', async () => {
  const [current, previous] = [secret('two', false), secret('one', false)]
  const isKnown = createAuthenticate({ current, previous, clock })
  expect(await isKnown(headers)).toBe(false)
})
