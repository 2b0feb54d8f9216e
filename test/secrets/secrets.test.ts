import { describe, expect, test } from 'vitest'
import { main } from '../../tools/secrets/main.ts'
import { openSecret, type Secret } from '../../tools/secrets/secret.ts'
import { setWebhookSecret, type WebhookSecretOptions } from '../../tools/secrets/webhook-secret.ts'
import { runInProcess, type Surroundings } from '../terminal/in-process.ts'

const day = 86_400_000
const value = 'a-new-secret-of-some-length'

/** A secret in memory: its values, newest first. */
function secretSet(agoMs: number | undefined) {
  const values = ['old']
  const secret: Secret = {
    setAtMs: async () => (agoMs === undefined ? undefined : Date.now() - agoMs),
    set: async text => void values.unshift(text),
    forgetPrevious: async () => void values.unshift(values[0] ?? ''),
  }
  const run = (options: WebhookSecretOptions, around: Surroundings = {}) =>
    runInProcess((_, io) => setWebhookSecret(secret, options, io), [], around)
  return { values, run }
}

describe('the webhook secret', () => {
  test('is read from standard input and says when to change the header', async () => {
    const { values, run } = secretSet(3 * day)
    const { code, out, err } = await run({}, { input: `${value}\n` })
    expect([code, out, values]).toEqual([0, '', [value, 'old']])
    expect(err).toContain('Wait 30 s')
    expect(err).not.toContain(value)
  })

  test('can be made, and is printed once, alone on standard output', async () => {
    const { values, run } = secretSet(undefined)
    const { out } = await run({ generate: true })
    expect(out).toMatch(/^[A-Za-z0-9]{48}\n$/)
    expect(values[0]).toBe(out.trim())
  })

  test('is not set twice in a day without a yes, since RudderStack may still send the value before', async () => {
    const { values, run } = secretSet(3_600_000)
    await expect(run({}, { input: value })).rejects.toThrow('set only 1 h ago')
    const no = await run({ generate: true }, { input: 'n\n', isTerminal: true })
    expect([no.code, no.out, values]).toEqual([1, '', ['old']])
    expect((await run({ yes: true }, { input: value })).code).toBe(0)
    expect(values).toEqual([value, 'old'])
  })

  test('after a leak, the value before is ended by setting the current one again', async () => {
    const { values, run } = secretSet(3_600_000)
    await expect(run({ forgetPrevious: true })).rejects.toThrow('must send the current one already')
    expect(values).toEqual(['old'])
    const { code, err } = await run({ forgetPrevious: true, yes: true })
    expect([code, values]).toEqual([0, ['old', 'old']])
    expect(err).toContain('refused after 10 s')
  })

  test.each(['', 'short', 'with a blank in it, and long', 'ümlaut-ümlaut-ümlaut'])(
    'is not set to %j',
    async input => {
      const { values, run } = secretSet(3 * day)
      await expect(run({}, { input })).rejects.toThrow('nothing was changed')
      expect(values).toEqual(['old'])
    },
  )
})

test('a secret that never had a value has no time of its last change', async () => {
  const sent: string[] = []
  const send = async (command: { constructor: { name: string } }) => {
    sent.push(command.constructor.name)
    return command.constructor.name === 'DescribeSecretCommand'
      ? { VersionIdsToStages: { v1: ['AWSPENDING'] } }
      : {}
  }
  expect(await openSecret({ send } as never, 'x').setAtMs()).toBeUndefined()
  await expect(openSecret({ send } as never, 'x').forgetPrevious()).rejects.toThrow('has no value yet')
  expect(sent).not.toContain('PutSecretValueCommand')
})

test('a value is never an argument', async () => {
  const { code, err } = await runInProcess(main, ['webhook', value, '--stack', 'x'])
  expect([code, err]).toEqual([2, expect.stringContaining('too many arguments')])
})
