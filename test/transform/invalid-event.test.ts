import { expect, test } from 'vitest'
import { InvalidEventError, transform } from '../../lib/index.ts'

const secret = 'hidden@example.com'

test.each([
  ['a list', [secret], 'The event is a list. Check what the destination sends.'],
  ['null', null, 'The event is null. Check what the destination sends.'],
  ['no type', { userId: secret }, '`type` is missing. Check that the user transformation keeps'],
  ['a type that is an object', { type: { secret } }, '`type` is an object. Check that'],
  [
    'no identity',
    { type: 'identify', anonymousId: ' ', traits: { email: secret } },
    '`userId` is missing and `anonymousId` is blank. Send a user id or an anonymous id, as a text or a number.',
  ],
  [
    'a list as identity',
    { type: 'track', event: secret, userId: [secret] },
    '`userId` is a list and `anonymousId` is missing. Send a user id',
  ],
  [
    'a long id',
    { type: 'identify', traits: { id: secret.repeat(15) } },
    '`traits.id` is a string of over 256 characters. Send another id: at most 256 characters, and large numbers',
  ],
  [
    'half a character',
    { type: 'identify', userId: `${secret}\ud800` },
    '`userId` is a string with a broken character. Send another id',
  ],
  [
    'a rounded number',
    { type: 'identify', userId: 2 ** 53 },
    '`userId` is a number over 2^53 - 1. Send another',
  ],
  ['a blank name', { type: 'track', userId: secret, event: '' }, '`event` is blank. Give the event a name.'],
])('%s: a sentence says what is wrong and what to do, without a value of the event', (_, event, sentence) => {
  const message = messageFor(event)
  expect(message.startsWith(sentence), message).toBe(true)
  expect(message).not.toMatch(/hidden|expected|got|undefined/)
  expect(message.length).toBeLessThanOrEqual(256)
})

function messageFor(event: unknown): string {
  try {
    transform(event)
  } catch (error) {
    if (error instanceof InvalidEventError) return error.message
    throw error
  }
  return 'it is valid'
}
