import { expect, test } from 'vitest'
import { isAboutExpiry, renewingClient } from '../../tools/dead-letters/renewing-client.ts'

function errorNamed(name: string, message = '') {
  return Object.assign(new Error(message), { name })
}

/** A client whose credentials are expired as often as asked, and what happened. */
function setUp(answers: ('ok' | 'expired' | 'denied')[]) {
  const events: string[] = []
  const interruption = new AbortController()
  let clients = 0
  const create = () => {
    const name = `client ${++clients}`
    return {
      async send(_: unknown) {
        const answer = answers.shift() ?? 'ok'
        events.push(`${name} ${answer}`)
        if (answer === 'expired') throw errorNamed('ExpiredTokenException')
        if (answer === 'denied') throw errorNamed('AccessDenied')
        return name
      },
      destroy: () => void events.push(`${name} closed`),
    }
  }
  const client = renewingClient(create, {
    onExpired: () => void events.push('says expired'),
    onRenewed: () => void events.push('says renewed'),
    signal: interruption.signal,
    clock: { now: () => 0, sleep: async () => void events.push('waits') },
  })
  return { client, events, interruption }
}

test('requests wait for new credentials, and all are sent again by one new client', async () => {
  const { client, events } = setUp(['ok', ...Array<'expired'>(4).fill('expired')])
  await client.send(0)
  expect(await Promise.all([client.send(1), client.send(2)])).toEqual(['client 3', 'client 3'])
  expect(events.filter(event => event.startsWith('says'))).toEqual(['says expired', 'says renewed'])
  expect(events.filter(event => event.endsWith('closed'))).toEqual(['client 1 closed', 'client 2 closed'])
})

test('credentials that never worked are an error at once, and so is any other error', async () => {
  await expect(setUp(['expired']).client.send(0)).rejects.toThrow(errorNamed('ExpiredTokenException'))
  const { client, events } = setUp(['ok', 'denied'])
  await client.send(0)
  await expect(client.send(1)).rejects.toMatchObject({ name: 'AccessDenied' })
  expect(events).toEqual(['client 1 ok', 'client 1 denied'])
})

test('an interruption ends the waiting with the error', async () => {
  const { client, interruption } = setUp(['ok', ...Array<'expired'>(9).fill('expired')])
  await client.send(0)
  const sent = client.send(1)
  interruption.abort()
  await expect(sent).rejects.toMatchObject({ name: 'ExpiredTokenException' })
})

test.each([
  ['ExpiredToken', '', true],
  ['CredentialsProviderError', 'The SSO session associated with this profile has expired.', true],
  ['CredentialsProviderError', 'Could not load credentials from any providers', false],
  ['AccessDenied', 'expired', false],
])('%s %j is about expiry: %s', (name, message, is) => {
  expect(isAboutExpiry(errorNamed(name, message))).toBe(is)
})
